/** The two who ask in the bench of a relying party's query: the relying party and the person themself, in a process of their own. */
import { importJWK } from 'jose';
import type { CryptoKey } from 'jose';
import { proofKey } from '../sharing/relying-party.ts';
import { send } from './keep-alive.ts';
import {
  enrolPasskey,
  proofOf,
  readAsParty,
  sendAsParty,
  shareToToken,
  signInWithPasscode,
} from './share-flow.ts';
import type { Desk, Place } from './share-flow.ts';
import type { CastOrder } from './share-flow-client.ts';

/** Who takes part, and what is asked. */
export interface AgreeOrder extends Omit<CastOrder, 'kind'> {
  readonly kind: 'agree';
  readonly detail: object;
  readonly query: string;
}

/** One run. */
export interface AskOrder {
  readonly kind: 'ask';
  readonly who: 'party' | 'citizen';
  readonly callers: number;
  readonly seconds: number;
}

/** What came of a run. */
export interface Asked {
  readonly answers: number;
  readonly p50Ms: number;
}

let place: Place = { url: '', origin: '' };
let query = '';
let desk: Desk | null = null;
let session = '';
let token = '';
const proofs: string[] = [];

process.on('message', (order: AgreeOrder | AskOrder) => {
  (order.kind === 'agree' ? agree(order) : ask(order)).then(
    (result) => process.send?.({ result }),
    (failure: unknown) => process.send?.({ failure: String(failure) }),
  );
});

/** Shares once, then reads once each way: both must be given the same. Tells how many bytes an answer has. */
async function agree({ url, origin, parties, people, detail, query: asked }: AgreeOrder): Promise<number> {
  place = { url, origin };
  query = asked;
  const [party] = parties;
  const [person] = people;
  if (party === undefined || person === undefined) throw new TypeError('nobody is there');
  const privateKey = (await importJWK(party.privateJwk, 'ES256')) as CryptoKey;
  desk = { party: { ...party, privateKey }, key: await proofKey(), nonces: new Map() };
  session = await signInWithPasscode(place, person);
  const authenticator = await enrolPasskey(place, session);
  const phone = { token: session, passcode: person.passcode, authenticator };
  token = await shareToToken(place, desk, phone, { detail, done: () => undefined });
  const told = dataOf((await readAsParty(place, desk, token, query)).text);
  const own = dataOf((await askAsCitizen()).text);
  if (told !== own) throw new TypeError('the relying party is told something else');
  return Buffer.byteLength(own);
}

/** The answer's data without the moments at which sources were asked. */
function dataOf(text: string): string {
  const { data } = JSON.parse(text) as { data: unknown };
  return JSON.stringify(data, (name, value: unknown) => (name === 'fetchedAt' ? null : value));
}

async function ask({ who, callers, seconds }: AskOrder): Promise<Asked> {
  const waits: number[] = [];
  // Proofs are used once and live a minute: they are made beforehand, so that signing them is not measured.
  proofs.length = 0;
  if (who === 'party') for (let made = 0; made < seconds * 400; made += 1) proofs.push(await freshProof());
  const end = performance.now() + seconds * 1000;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < end) {
        const dpop = who === 'party' ? (proofs.pop() ?? (await freshProof())) : '';
        const begin = performance.now();
        const answer =
          who === 'party' ? await sendAsParty(place, { token, query, dpop }) : await askAsCitizen();
        waits.push(performance.now() - begin);
        if (answer.status !== 200 || answer.text.includes('"errors"'))
          throw new TypeError(`${who}: ${answer.status} ${answer.text.slice(0, 300)}`);
      }
    }),
  );
  const sorted = waits.toSorted((one, other) => one - other);
  return { answers: waits.length, p50Ms: sorted[Math.floor(sorted.length / 2)] ?? 0 };
}

function freshProof(): Promise<string> {
  if (desk === null) throw new TypeError('nobody has agreed');
  return proofOf(place, desk, token);
}

function askAsCitizen() {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json',
    authorization: `Bearer ${session}`,
  };
  return send(`${place.url}/graphql`, { headers, body: JSON.stringify({ query }) });
}
