/** A gateway of the bench, in a process of its own, with as much switched on as it is told. */
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { Session } from 'node:inspector/promises';
import type { AddressInfo } from 'node:net';
import { closePayload, createEngine } from '@dinhdanh/gateway/engine';
import { allocateYoung } from '@dinhdanh/kit/allocate-young';
import { openTracing } from '@dinhdanh/kit/tracing';
import { readSupergraph } from '@dinhdanh/schema';
import { createUpstream } from '@dinhdanh/gateway/upstream';
import { startGatewayUnderTest } from '../../harness/gateway-under-test.ts';
import { rowOf } from './row.ts';
import { has } from './variants.ts';
import type { GatewayOrder, GatewayWord } from './variants.ts';

/** What a gateway without a gate has instead of the access log. */
const noLog = {
  append: (entries: readonly unknown[]) =>
    Promise.resolve(entries.map((_, index) => ({ origin: 'none', index, leafHash: '' }))),
  remember: () => undefined,
  isAway: () => false,
  unwritten: () => 0,
  close: () => Promise.resolve(),
};

/** An answer later than this is none. */
const DEADLINE_MS = 30_000;
/** The share of requests that is traced as shipped. */
const SHIPPED_RATIO = 0.01;

/** Takes a processor profile, begun at the first of these words and written at the second. */
const session = new Session();
let isProfiled = false;

async function profile({ file }: { readonly file: string }): Promise<void> {
  if (isProfiled) {
    const { profile: taken } = await session.post('Profiler.stop');
    await writeFile(file, JSON.stringify(taken));
  } else {
    isProfiled = true;
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
  }
  process.send?.({ cpuMicros: 0 });
}

allocateYoung();

// A parent that has gone leaves nothing to do.
process.on('disconnect', () => process.exit());

process.once('message', (order: GatewayOrder) => {
  void (order.variant === 'engine' ? startPlain(order) : startWhole(order)).then((url) => {
    process.on('message', (word: GatewayWord) => {
      if (word === 'end') return process.exit(0);
      if (word !== 'cpu') return void profile(word);
      const { user, system } = process.cpuUsage();
      process.send?.({ cpuMicros: user + system });
    });
    process.send?.({ url });
  });
});

async function startWhole({ variant, services, dataFolder, collector }: GatewayOrder): Promise<string> {
  const tracing = openTracing({
    ...{ endpoint: collector, headers: {}, nameOf: (name) => name, delayMs: 5_000, most: 2_048 },
    ...{ sampler: 'parentbased_traceidratio', ratio: SHIPPED_RATIO },
  });
  const gateway = await startGatewayUnderTest(
    { url: '', services, databaseUrls: {}, dataFolder },
    {
      settings: { requestsPerMinute: 100_000_000, deadlineMs: DEADLINE_MS },
      row: rowOf(variant),
      ...(has(variant, 'log') ? {} : { accessLog: noLog }),
      ...(has(variant, 'traces') ? { tracer: tracing.of('gateway') } : {}),
    },
  );
  return gateway.url;
}

/** Our engine and our upstream client with plain HTTP before them: who asks is told by the header and believed. */
async function startPlain({ services }: GatewayOrder): Promise<string> {
  const engine = await createEngine({ supergraph: readSupergraph() });
  const upstream = createUpstream({
    services,
    onEvent: (event, fields) => process.stderr.write(`${event} ${JSON.stringify(fields)}\n`),
  });
  const nothingRefused = new Map();
  const answer = async (text: string, subject: string): Promise<string | Buffer> => {
    const { query } = JSON.parse(text) as { query: string };
    const prepared = engine.prepare({ query, variables: null, operationName: null });
    const deadlineAt = Date.now() + DEADLINE_MS;
    const payload = await engine.execute(await engine.plan(prepared, nothingRefused), {
      deadlineAt,
      local: { caller: { person: () => ({ __typename: 'Citizen', subject }) } },
      describe: ({ code }) => ({ message: code }),
      fetch: async (request) => {
        const { service, body, signal, takeBytes } = request;
        const call = { body, deadlineAt, idempotent: true, signal, takeBytes };
        const got = await upstream.post(service, call);
        if (!got.ok) return got;
        const { json, isPlain, isTaken } = got;
        return { ok: true, data: json['data'], errors: json['errors'] as undefined, isPlain, isTaken };
      },
    });
    return closePayload(payload.bytes, '}');
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const subject = request.headers['x-subject'];
      answer(String(Buffer.concat(parts)), typeof subject === 'string' ? subject : '').then(
        (json) => {
          const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) };
          response.writeHead(200, headers).end(json);
        },
        (failure: unknown) => response.writeHead(500).end(String(failure)),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
