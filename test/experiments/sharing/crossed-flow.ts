import { setTimeout as sleep } from 'node:timers/promises';
import { PageVisitor } from '../../sharing/page-visitor.ts';
import { Phone } from '../../sharing/phone.ts';
import { proofKey } from '../../sharing/relying-party.ts';
import type { ProofKey, RelyingParty } from '../../sharing/relying-party.ts';
import { push, redeem, visit } from '../../sharing/share-flow.ts';
import type { Visit } from '../../sharing/share-flow.ts';
import type { SharingUnderTest } from '../../sharing/sharing-under-test.ts';

const TRIES = 400;
const PAUSE_MS = 100;
const MISSES = 30;

/** What the outside was told in one flow, which must be so for good. */
export interface Told {
  readonly handle: string;
  /** The number of an approval that was answered. */
  approved: string | null;
  /** Whether the page was told that it was granted. */
  isGranted: boolean;
  /** How many tokens came of its code. */
  tokens: number;
  /** Whether the code was sent twice, since the first answer was lost: then the consent stops, and that is meant. */
  isCodeRepeated: boolean;
  /** Whether the flow ended without a code, because the answer that carried it was lost. */
  isCodeLost: boolean;
  /** What the outside saw that must not be. */
  readonly violations: string[];
}

/** A flow that has been taken by a person, and is about to be approved. */
export interface Crossed {
  readonly told: Told;
  /** Goes on to the token, however often the service is away meanwhile. */
  readonly finish: () => Promise<void>;
}

type Sharing = Pick<SharingUnderTest, 'url' | 'client'>;

/** Pushes, opens and takes a request: all that comes before the steps at which the service is killed. */
export async function beginCrossed(sharing: Sharing, party: RelyingParty): Promise<Crossed> {
  const key = await proofKey();
  const seen = await visit(sharing, party, await push(sharing, party, undefined, key));
  const page = new PageVisitor(sharing.url, seen.handle, seen.browser);
  const { body } = await page.state();
  const phone = new Phone(sharing);
  const taken = await phone.claim(String(body.code.text));
  if (taken.body.errors !== undefined) throw new TypeError('not taken');
  const told: Told = {
    handle: seen.handle,
    ...{ approved: null, isGranted: false, tokens: 0, isCodeRepeated: false, isCodeLost: false },
    violations: [],
  };
  const finish = async (): Promise<void> => {
    const number = await approve(phone, told);
    await prove(page, number, told);
    const code = await codeOf(sharing, seen, page);
    if (code === null) told.isCodeLost = true;
    else await redeemAgain(sharing, party, { code, key }, told);
  };
  return { told, finish };
}

/** Tries until it is answered; null where the tries run out or `isOver` says that it is no use. */
async function again<T>(work: () => Promise<T | null>): Promise<T | null> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    try {
      const result = await work();
      if (result !== null) return result;
    } catch {
      // Away, or the answer was lost.
    }
    await sleep(PAUSE_MS);
  }
  return null;
}

async function approve(phone: Phone, told: Told): Promise<string> {
  const number = await again(async () => {
    const { state, number: standing } = await phone.look(told.handle);
    if (state === 'CLAIMED') {
      const answer = await phone.approve(told.handle);
      told.approved = answer.number;
      return answer.number;
    }
    return standing;
  });
  if (number === null) throw new TypeError(`${told.handle} could not be approved`);
  return number;
}

async function prove(page: PageVisitor, number: string, told: Told): Promise<void> {
  const isGranted = await again(async () => {
    const { body: before } = await page.state();
    if (told.isGranted && before.state !== 'GRANTED') told.violations.push('a grant that was told is gone');
    if (told.approved !== null && before.state === 'CLAIMED')
      told.violations.push('an approval that was told is gone');
    if (before.state === 'GRANTED') return true;
    const { status } = await page.post('number', { number });
    if (status === 200) told.isGranted = true;
    return status === 200 ? true : null;
  });
  if (isGranted === null) throw new TypeError(`${told.handle} could not be granted`);
}

/** Goes back to the relying party. Whoever has lost the answer that carried the code has to begin anew. */
async function codeOf(
  sharing: Sharing,
  { browser, handle }: Visit,
  page: PageVisitor,
): Promise<string | null> {
  let misses = 0;
  const code = await again(async () => {
    const { status, body } = await page.state();
    if (status === 200 && body.state !== 'GRANTED') misses += 1;
    // Whoever was told of a grant that does not come to be need not wait for it: the database is asked later.
    if (status === 404 || misses > MISSES) return '';
    const { location, status: went } = await browser.get(String(body.redirectTo));
    if (went >= 400) return '';
    const back = new URL(location ?? '', sharing.url);
    return back.searchParams.get('code') ?? (back.pathname.startsWith(`/share/${handle}`) ? null : '');
  });
  return code === '' ? null : code;
}

async function redeemAgain(
  sharing: Sharing,
  party: RelyingParty,
  given: { readonly code: string; readonly key: ProofKey },
  told: Told,
): Promise<void> {
  let sent = 0;
  await again(async () => {
    sent += 1;
    told.isCodeRepeated = sent > 1;
    const { status } = await redeem(sharing, party, given);
    if (status === 200) told.tokens += 1;
    // What a front door says whose service is away is no answer.
    return status === 200 || status === 400 ? true : null;
  });
}
