/**
 * The other core: the subgraphs and the clients, in one process, so that as little as possible is spent on going back and
 * forth between them. Told what to do by {@link WireOrder}s.
 */
import { openCatalogueData, tinyRequests, wideRequests } from './catalogue-data.ts';
import { coldRequests } from './cold-documents.ts';
import { SUBJECT_HEADER } from './dataset.ts';
import type { BenchRequest, Dataset } from './dataset.ts';
import { framedRequest } from './http-messages.ts';
import { sendLoad } from './load.ts';
import { answerOrders } from './orders.ts';
import { percentile } from './percentile.ts';
import { readUsage } from './process-usage.ts';
import { openProfileData, profileRequests } from './profile-data.ts';
import { sameJson } from './same-json.ts';
import { UpstreamStub } from './upstream-stub.ts';
import type {
  Checked,
  CheckOrder,
  LoadOrder,
  Measured,
  Opened,
  OpenOrder,
  WireOrder,
} from './wire-orders.ts';

const datasets: Readonly<Record<OpenOrder['dataset'], () => Dataset>> = {
  profile: openProfileData,
  catalogue: openCatalogueData,
};
const requestsOf: Readonly<Record<OpenOrder['requests'], () => readonly BenchRequest[]>> = {
  profile: profileRequests,
  wide: wideRequests,
  tiny: tinyRequests,
  cold: coldRequests,
};

/** A lead that waits for so many answers waits no longer. */
const LONGEST_LEAD_SECONDS = 15;

let stub: UpstreamStub | undefined;
let requests: readonly Buffer[] = [];
/** What the first gateway answered: the others must say the same. */
const reference: unknown[] = [];
/** What each gateway answered, byte for byte, by its name and the number of the request. */
const answers = new Map<string, (Buffer | undefined)[]>();

answerOrders<WireOrder>((order) => {
  if (order.kind === 'open') return open(order);
  return order.kind === 'check' ? check(order) : load(order);
});

async function open({ dataset, requests: kind, delayMs, most }: OpenOrder): Promise<Opened> {
  const opened = datasets[dataset]();
  const { subgraphs, supergraph } = opened;
  stub = new UpstreamStub(opened, delayMs);
  const services: Record<string, string> = {};
  for (const name of Object.keys(subgraphs)) services[name] = await stub.open(name, name === 'caller');
  requests = requestsOf[kind]().slice(0, most).map(framed);
  return { services, supergraph: withUrls(supergraph, services), requests: requests.length };
}

/** Each request once: the stub learns what this gateway asks, and its answers are held against those of the first. */
async function check({ gateway, port, connections }: CheckOrder): Promise<Checked> {
  const own: (Buffer | undefined)[] = [];
  const different: string[] = [];
  const isReference = reference.length === 0;
  await sendLoad({
    port,
    connections,
    requests,
    from: 0,
    most: requests.length,
    ended: () => false,
    onAnswer: ({ index, isOk, body }) => {
      own[index] = Buffer.from(body);
      const { data, errors } = parsed(body);
      if (isReference) reference[index] = data;
      const isSame = isOk && data !== undefined && errors === undefined && sameJson(data, reference[index]);
      if (!isSame) different.push(`request ${index}: ${body.toString().slice(0, 300)}`);
    },
  });
  answers.set(gateway, own);
  return { sameAnswer: different.length === 0, different: different.slice(0, 3), bytes: own[0]?.length ?? 0 };
}

/** A load with a lead: what is measured begins and ends in the middle of it. */
async function load(order: LoadOrder): Promise<Measured> {
  const own = answers.get(order.gateway) ?? [];
  const waits: number[] = [];
  let wrong = 0;
  let begun = stub?.counts ?? { asked: 0, unknown: 0 };
  let usage = readUsage(order.pid);
  const begunAt = performance.now();
  let led = 0;
  let measuredFrom = Number.POSITIVE_INFINITY;
  let end: { at: number; usage: typeof usage; counts: typeof begun } | undefined;
  const close = (at: number): void => {
    end ??= { at, usage: readUsage(order.pid), counts: stub?.counts ?? begun };
  };
  await sendLoad({
    port: order.port,
    connections: order.connections,
    requests,
    from: order.from,
    most: order.most ?? Number.POSITIVE_INFINITY,
    ended: () => end !== undefined,
    onAnswer: ({ index, isOk, body, ms }) => {
      const now = performance.now();
      if (end !== undefined) return;
      if (!isOk || !isKnown(own[index], body)) wrong += 1;
      if (measuredFrom <= now) waits.push(ms);
      else if (isLed(order, (now - begunAt) / 1000, (led += 1))) {
        measuredFrom = now;
        usage = readUsage(order.pid);
        begun = stub?.counts ?? begun;
      }
      if (now >= measuredFrom + order.seconds * 1000) close(now);
    },
  });
  close(performance.now());
  return measuredOf({ waits, wrong, begun, usage, measuredFrom, end });
}

interface Window {
  readonly waits: readonly number[];
  readonly wrong: number;
  readonly begun: UpstreamStub['counts'];
  readonly usage: ReturnType<typeof readUsage>;
  readonly measuredFrom: number;
  readonly end: { at: number; usage: Window['usage']; counts: Window['begun'] } | undefined;
}

function measuredOf({ waits, wrong, begun, usage, measuredFrom, end }: Window): Measured {
  if (end === undefined || waits.length === 0) throw new Error('nothing was answered in time');
  const sorted = Float64Array.from(waits).toSorted();
  const seconds = (end.at - measuredFrom) / 1000;
  const cpuMs = end.usage.cpuMs - usage.cpuMs;
  return {
    answered: waits.length,
    perSecond: waits.length / seconds,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    cpuMsEach: cpuMs / waits.length,
    busy: cpuMs / 1000 / seconds,
    peakKb: end.usage.peakKb,
    askedEach: (end.counts.asked - begun.asked) / waits.length,
    unknown: end.counts.unknown - begun.unknown,
    wrong,
  };
}

/** Whether the lead is over: it has lasted long enough and brought enough answers, or far too long. */
function isLed({ leadSeconds, leadAnswers }: LoadOrder, seconds: number, answers: number): boolean {
  return (seconds >= leadSeconds && answers >= leadAnswers) || seconds >= leadSeconds + LONGEST_LEAD_SECONDS;
}

/** The bytes that were checked before, or others that say the same. */
function isKnown(known: Buffer | undefined, body: Buffer): boolean {
  if (known === undefined) return false;
  return known.equals(body) || sameJson(parsed(known).data, parsed(body).data);
}

function parsed(body: Buffer): { data?: unknown; errors?: unknown } {
  try {
    return JSON.parse(body.toString()) as { data?: unknown; errors?: unknown };
  } catch {
    return {};
  }
}

function framed({ query, variables, subject }: BenchRequest): Buffer {
  const body = JSON.stringify({ query, ...(variables === undefined ? {} : { variables }) });
  const field = subject === undefined ? '' : `${SUBJECT_HEADER}: ${subject}\r\n`;
  return framedRequest(body, field);
}

function withUrls(supergraph: string, services: Readonly<Record<string, string>>): string {
  return supergraph.replaceAll(
    /http:\/\/([a-z-]+)\.invalid\/graphql/g,
    (url, name: string) => `${services[name] ?? url.replace('/graphql', '')}/graphql`,
  );
}
