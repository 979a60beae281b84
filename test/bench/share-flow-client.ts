/** The callers of the bench of flows: relying parties' servers, browsers and phones, all in this one process. */
import { importJWK } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { proofKey } from '../sharing/relying-party.ts';
import { measure } from './closed-loop.ts';
import type { Measured } from './closed-loop.ts';
import { enrolPasskey, shareOnce, signInWithPasscode } from './share-flow.ts';
import type { Desk, Phone, Place } from './share-flow.ts';

/** Who takes part. */
export interface CastOrder extends Place {
  readonly kind: 'cast';
  readonly parties: readonly {
    readonly id: string;
    readonly redirectUri: string;
    readonly publicJwk: JWK;
    readonly privateJwk: JWK;
  }[];
  readonly people: readonly {
    readonly username: string;
    readonly password: string;
    readonly passcode: string;
  }[];
}

/** One run. */
export interface RunOrder {
  readonly kind: 'run';
  readonly callers: number;
  readonly seconds: number;
  readonly byPasskey: boolean;
}

/** What came of a run: `steps` are medians in milliseconds. */
export interface RunResult {
  readonly measured: Measured;
  readonly flows: number;
  readonly p95Ms: number;
  readonly steps: Readonly<Record<string, number>>;
}

let place: Place = { url: '', origin: '' };
const desks: Desk[] = [];
const phones: Phone[] = [];
let turn = 0;

process.on('message', (order: CastOrder | RunOrder) => {
  (order.kind === 'cast' ? gather(order) : run(order)).then(
    (result) => process.send?.({ result }),
    (failure: unknown) => process.send?.({ failure: String(failure) }),
  );
});

async function gather({ url, origin, parties, people }: CastOrder): Promise<number> {
  place = { url, origin };
  for (const { id, redirectUri, publicJwk, privateJwk } of parties) {
    const privateKey = (await importJWK(privateJwk, 'ES256')) as CryptoKey;
    desks.push({
      party: { id, redirectUri, publicJwk, privateKey },
      key: await proofKey(),
      nonces: new Map(),
    });
  }
  for (const person of people) {
    const token = await signInWithPasscode(place, person);
    phones.push({ token, passcode: person.passcode, authenticator: await enrolPasskey(place, token) });
  }
  return phones.length;
}

async function run({ callers, seconds, byPasskey }: RunOrder): Promise<RunResult> {
  const waits: number[] = [];
  const steps = new Map<string, number[]>();
  const free = [...phones];
  const work = async (): Promise<void> => {
    turn += 1;
    const desk = desks[turn % desks.length] ?? missing();
    // A person does one thing at a time.
    const phone = free.shift() ?? missing();
    const begin = performance.now();
    let last = begin;
    await shareOnce(place, desk, byPasskey ? phone : { ...phone, authenticator: null }, (name) => {
      const now = performance.now();
      const known = steps.get(name) ?? [];
      known.push(now - last);
      steps.set(name, known);
      last = now;
    });
    waits.push(performance.now() - begin);
    free.push(phone);
  };
  const measured = await measure({ callers, seconds, work });
  return {
    measured,
    flows: waits.length,
    p95Ms: quantile(waits, 0.95),
    steps: Object.fromEntries([...steps].map(([name, times]) => [name, quantile(times, 0.5)])),
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2));
}

function missing(): never {
  throw new TypeError('nobody is there');
}
