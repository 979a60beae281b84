import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@dinhdanh/kit';
import { ServiceClient } from '@dinhdanh/kit/testing';
import type { Caller, Outcome } from './load.ts';
import { Random } from './random.ts';
import { sampleRelease } from './sample-release.ts';
import type { ReleaseEntry } from './sample-release.ts';

/** The beginning of every request's id that comes in by the door, and by no gateway. */
export const DOOR_PREFIX = 'door.';

/** Who calls the door `POST /append`, as a gateway does. */
export interface DoorCallers {
  readonly callers: number;
  readonly seed: string;
  /** Part of each request's id: no two loads of one log may share it. */
  readonly name: string;
  readonly callerKey: Buffer;
  readonly origin: string;
  /** A caller sends one entry, or by chance up to so many. */
  readonly mostEntries: number;
  /** Which share of the entries has something kept encrypted beside it; 0.3 where it is left out. */
  readonly details?: number;
}

interface Batch {
  readonly id: string;
  readonly entries: readonly ReleaseEntry[];
}

/** The body of an answer, of either kind. */
interface Body {
  readonly origin?: string;
  readonly receipts?: readonly {
    readonly index?: number;
    readonly leafHash?: string;
    readonly refused?: string;
  }[];
  readonly errors?: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[];
}

const CALL_MS = 15_000;

/**
 * Callers of the door. What broke or was refused is sent again under the same batch id until it is acknowledged: that
 * nothing of it is then written twice, the log promises.
 */
export function doorCallers(options: DoorCallers): Caller[] {
  return Array.from({ length: options.callers }, (_, number) => doorCaller(options, number));
}

function doorCaller(
  { seed, name, origin, callerKey, mostEntries, details = 0.3 }: DoorCallers,
  number: number,
): Caller {
  const random = new Random(`${seed}/${name}/${number}`);
  const client = new ServiceClient({ origin, name: 'access-log' }, callerKey, systemClock);
  let count = 0;
  const draw = (): Batch => {
    const id = `${DOOR_PREFIX}${name}.${number}.${count++}`;
    const many = random.next() < 0.5 ? 1 : random.between(1, mostEntries);
    const entries = Array.from({ length: many }, (_, place) =>
      sampleRelease(random, `${id}.${place}`, details),
    );
    return { id, entries };
  };
  let batch = draw();
  return async () => {
    const outcome = await send(client, batch);
    if (outcome.kind === 'released') batch = draw();
    return outcome;
  };
}

async function send(client: ServiceClient, { id, entries }: Batch): Promise<Outcome> {
  const call = client.post('/append', { batch: id, entries }).catch(() => null);
  const answer = await Promise.race([call, sleep(CALL_MS, null, { ref: false })]);
  if (answer === null) return { kind: 'broken' };
  const { origin = '', receipts, errors } = answer.body as Body;
  if (answer.status !== 200 || receipts === undefined) {
    const { code, reason, retryAfterSeconds } = errors?.[0]?.extensions ?? {};
    const retry = retryAfterSeconds ?? answer.headers.get('retry-after');
    return { kind: 'refused', status: answer.status, code: `${String(code)} ${String(reason)}`, retry };
  }
  const refused = receipts.find((receipt) => receipt.refused !== undefined);
  if (refused !== undefined || receipts.length !== entries.length) {
    return {
      kind: 'wrong',
      what: `an entry of ours was not taken: ${refused?.refused ?? 'receipts are missing'}`,
    };
  }
  const releases = receipts.map(({ index = -1, leafHash = '' }, place) => ({
    requestId: entries[place]?.requestId ?? '',
    origin,
    index,
    leafHash,
  }));
  return { kind: 'released', releases };
}
