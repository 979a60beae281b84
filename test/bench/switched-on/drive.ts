/** The callers: everybody asks for their own profile in turn, at a rate of their own, over bare sockets. */
import type { ChildProcess } from 'node:child_process';
import { framedRequest } from '../engine/http-messages.ts';
import { sendLoad } from '../engine/load.ts';
import { percentile } from '../engine/percentile.ts';
import { PROFILE } from '../profile-query.ts';
import type { BenchPerson } from './replayed-services.ts';
import { sendAtRate } from './send-at-rate.ts';
import { told } from './told.ts';
import { has } from './variants.ts';
import type { GatewayState, Variant } from './variants.ts';

/** One gateway: of this checkout, or, by a name of its own, of the one beside it. */
export interface Contestant {
  readonly name: string;
  readonly variant: Variant;
  readonly url: string;
  readonly child: ChildProcess;
}

/** What one round of one gateway came to. */
export interface Round {
  /** Processor time of the gateway for each answer, in milliseconds. */
  readonly cpuMsEach: number;
  /** Its processor time by the time that passed: 1 where it never waited. */
  readonly busy: number;
  readonly p50Ms: number;
  readonly answered: number;
}

/** Who asks, and how. */
export interface DriveOptions {
  readonly everybody: readonly BenchPerson[];
  /** Connections. */
  readonly callers: number;
  readonly perSecond: number;
}

const BODY = JSON.stringify({ query: PROFILE });
/** Answers for each connection before measuring begins: the gateway is under load already. */
const LEAD = 4;

/** A person's request as it is sent. */
function requestOf({ session, subject }: BenchPerson, variant: Variant): Buffer {
  const who = has(variant, 'tokens') ? `authorization: Bearer ${session}` : `x-subject: ${subject}`;
  return framedRequest(BODY, `${who}\r\n`);
}

/** Asks a gateway for the profiles of some people, and gives each answer's text. */
export async function askAll(
  { url, variant }: Contestant,
  people: readonly BenchPerson[],
): Promise<readonly string[]> {
  const answers: { isOk: boolean; body: Buffer }[] = [];
  await sendLoad({
    port: Number(new URL(url).port),
    connections: 8,
    requests: people.map((person) => requestOf(person, variant)),
    from: 0,
    most: people.length,
    ended: () => false,
    onAnswer: ({ index, isOk, body }) => {
      answers[index] = { isOk, body: Buffer.from(body) };
    },
  });
  return answers.map(({ isOk, body }) => answerOf(isOk, body, variant));
}

/** Measures a gateway from the middle of a load to the middle of it; `from` says who asks first. */
export async function measureRound(
  { url, variant, child }: Contestant,
  { everybody, callers, perSecond }: DriveOptions,
  { answers, from }: { readonly answers: number; readonly from: number },
): Promise<Round> {
  const waits: number[] = [];
  let answered = 0;
  let begun: Moment | undefined;
  let ended: Moment | undefined;
  const look = async (): Promise<Moment> => {
    const state = told<GatewayState>(child);
    child.send('cpu');
    const { cpuMicros } = await state;
    return { cpuMs: cpuMicros / 1_000, at: performance.now(), answered };
  };
  let looking: Promise<void> | undefined;
  await sendAtRate({
    port: Number(new URL(url).port),
    connections: callers,
    requests: everybody.map((person) => requestOf(person, variant)),
    from,
    perSecond,
    ended: () => ended !== undefined,
    onAnswer: ({ isOk, body, ms }) => {
      answerOf(isOk, body, variant);
      answered += 1;
      if (begun !== undefined) waits.push(ms);
      if (answered === LEAD * callers) looking = look().then((moment) => void (begun = moment));
      else if (answered === LEAD * callers + answers)
        looking = look().then((moment) => void (ended = moment));
    },
  });
  await looking;
  return roundOf(begun, ended, waits);
}

/** Where a gateway stands in the middle of a load. */
interface Moment {
  readonly cpuMs: number;
  readonly at: number;
  readonly answered: number;
}

function roundOf(begun: Moment | undefined, ended: Moment | undefined, waits: readonly number[]): Round {
  if (begun === undefined || ended === undefined) throw new TypeError('a round without an end');
  const answered = ended.answered - begun.answered;
  const cpuMs = ended.cpuMs - begun.cpuMs;
  return {
    answered,
    cpuMsEach: cpuMs / answered,
    busy: cpuMs / (ended.at - begun.at),
    p50Ms: percentile(Float64Array.from(waits).toSorted(), 0.5),
  };
}

/** Which no refusal is, nor an answer with anything missing. */
function answerOf(isOk: boolean, body: Buffer, variant: Variant): string {
  if (isOk && !body.includes('"errors"')) return body.toString();
  throw new TypeError(`${variant}: ${body.toString('utf8', 0, 500)}`);
}
