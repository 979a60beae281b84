import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { composeAttempt, unknownAttempt } from './compose-attempt.ts';
import type { AppendEntry } from './entry.ts';
import { ENTRIES_EACH, NOBODY, RefusedAttempts } from './refused-attempts.ts';

const SINCE = '2026-11-22T05:44:00.000Z';
const facts = {
  requestId: 'request-1',
  now: new Date(SINCE),
  policyVersion: 'policy-1',
  address: 'address-hash',
  device: 'device-1',
};
const stranger = (refusal: string): AppendEntry => composeAttempt(unknownAttempt, refusal, facts);
const party = (clientId: string, refusal: string, consentId = 'consent-1'): AppendEntry =>
  composeAttempt({ ...unknownAttempt, clientId, consentId, number: '097190000011' }, refusal, facts);

function open(seconds = 60): { attempts: RefusedAttempts; written: AppendEntry[] } {
  const written: AppendEntry[] = [];
  const attempts = new RefusedAttempts({
    seconds,
    write: (entry) => void written.push(entry),
    clock: () => new Date(SINCE),
  });
  onTestFinished(() => attempts.flush());
  return { attempts, written };
}

/** How many attempts an entry stands for. */
function countOf({ requestId }: AppendEntry): number {
  return Number(/^attempts:(\d+):2026-11-22T05:44:00Z:[0-9a-f]{8}$/.exec(requestId)?.[1]);
}

test('strangers have one entry a kind and period, which tells how many there were and names nobody', () => {
  const { attempts, written } = open();
  for (let i = 0; i < 1_000; i += 1) attempts.unproved(stranger('TOKEN_INVALID'));
  attempts.unproved(stranger('OAUTH_INVALID_CLIENT'));
  expect(written).toEqual([]);
  attempts.flush();
  expect(written.map((entry) => [entry.refusal, countOf(entry)])).toEqual([
    ['TOKEN_INVALID', 1_000],
    ['OAUTH_INVALID_CLIENT', 1],
  ]);
  expect(written[0]).toMatchObject({
    event: 'denied',
    actor: NOBODY,
    subjects: [],
    consentId: null,
    level: 0,
  });
  expect(written[0]).not.toHaveProperty('detail');
  attempts.flush();
  expect(written).toHaveLength(2);
});

test('who is known has an entry an attempt up to a number, and one for all beyond, which is theirs still', () => {
  const { attempts, written } = open();
  const own = Array.from({ length: ENTRIES_EACH + 7 }, () => attempts.known(party('hotel', 'PROOF_KEY')));
  expect(own.filter(Boolean)).toHaveLength(ENTRIES_EACH);
  expect(attempts.known(party('bank', 'PROOF_KEY'))).toBe(true);
  expect(attempts.known(party('hotel', 'PROOF_KEY', 'consent-2'))).toBe(true);
  attempts.flush();
  expect(written).toHaveLength(1);
  expect(written[0]).toMatchObject({
    actor: { id: 'hotel' },
    consentId: 'consent-1',
    subjects: ['097190000011'],
  });
  expect(written.map(countOf)).toEqual([7]);
  expect(attempts.known(party('hotel', 'PROOF_KEY'))).toBe(true);
});

test('a period ends by itself', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { attempts, written } = open(60);
  attempts.unproved(stranger('TOKEN_INVALID'));
  vi.advanceTimersByTime(59_000);
  expect(written).toHaveLength(0);
  vi.advanceTimersByTime(2_000);
  expect(written).toHaveLength(1);
});

test('whatever names are made up, no attempt is lost and entries stay few', () => {
  const names = fc.array(fc.tuple(fc.nat(2_000), fc.constantFrom('PROOF_KEY', 'OAUTH_INVALID_CLIENT')), {
    maxLength: 3_000,
    size: 'max',
  });
  fc.assert(
    fc.property(names, (tried) => {
      const { attempts, written } = open();
      for (const [name, refusal] of tried) attempts.unproved(party(`client-${name}`, refusal));
      attempts.flush();
      expect(written.reduce((sum, entry) => sum + countOf(entry), 0)).toBe(tried.length);
      expect(written.length).toBeLessThanOrEqual(202);
    }),
    { numRuns: 20 },
  );
});
