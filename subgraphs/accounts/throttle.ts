import { createHash } from 'node:crypto';

/**
 * What failures are counted by. `account` counts strangers' devices alone, `owner` one known device on its account, so
 * that a stranger cannot lock the owner out (ASVS 5.0, 6.1.1); `prefix` the first six digits, since numbers can be
 * guessed from place, sex and year of birth.
 */
export type ThrottleKind = 'account' | 'owner' | 'device' | 'source' | 'prefix' | 'passcode' | 'passkey';

/** How one kind of counter answers to failures. */
export interface ThrottleRule {
  /** Failures that cost nothing. */
  readonly free: number;
  /** The wait after the first failure beyond them; doubles with each further one. */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** A counter left alone for so long starts anew. */
  readonly forgetAfterSeconds: number;
  /** `refuse`: no attempt before the delay is over. `slow`: the attempt itself takes that much longer. */
  readonly effect: 'refuse' | 'slow';
  /** Every so many failures raise an alarm; null never does. */
  readonly alarmEvery: number | null;
  /** Whether a success clears the counter. Shared counters only take their own attempt back. */
  readonly clearedBySuccess: boolean;
}

const DAY = 86_400;
const HOUR = 3_600;

/** For a second proof, which only who has a session or knows the password can try. */
const secondProof: ThrottleRule = {
  free: 5,
  firstDelayMs: 30_000,
  longestDelayMs: 3_600_000,
  forgetAfterSeconds: DAY,
  effect: 'refuse',
  alarmEvery: null,
  clearedBySuccess: true,
};

/** How many failed sign-ins of everybody together raise the alarm: a botnet shows in no counter of its own. */
export const failuresAlarm = { failures: 300, withinSeconds: 600 } as const;

/**
 * The thresholds, in one place. At one account a guesser gets no more than 50 tries a day, as at codes, and so no hundred
 * in a row (the line of NIST SP 800-63B-4) within two days. Every delay ends: no stranger locks anybody out.
 */
export const throttlePolicy: Readonly<Record<ThrottleKind, ThrottleRule>> = {
  account: {
    free: 5,
    firstDelayMs: 1_000,
    longestDelayMs: 3_600_000,
    forgetAfterSeconds: DAY,
    effect: 'refuse',
    alarmEvery: null,
    clearedBySuccess: true,
  },
  owner: {
    free: 5,
    firstDelayMs: 1_000,
    longestDelayMs: 3_600_000,
    forgetAfterSeconds: DAY,
    effect: 'refuse',
    alarmEvery: null,
    clearedBySuccess: true,
  },
  device: {
    free: 10,
    firstDelayMs: 1_000,
    longestDelayMs: 900_000,
    forgetAfterSeconds: DAY,
    effect: 'refuse',
    alarmEvery: null,
    clearedBySuccess: false,
  },
  source: {
    free: 50,
    firstDelayMs: 1_000,
    longestDelayMs: 300_000,
    forgetAfterSeconds: HOUR,
    effect: 'refuse',
    alarmEvery: 50,
    clearedBySuccess: false,
  },
  prefix: {
    free: 50,
    firstDelayMs: 25,
    longestDelayMs: 800,
    forgetAfterSeconds: HOUR,
    effect: 'slow',
    alarmEvery: 50,
    clearedBySuccess: false,
  },
  passcode: secondProof,
  passkey: secondProof,
};

/** A counter as it is stored. */
export interface ThrottleState {
  /** `<kind>:<hash>`, see {@link throttleKey}. */
  readonly key: string;
  readonly failures: number;
  readonly lastAt: Date;
  readonly blockedUntil: Date | null;
}

/** Whether an attempt may be made. An admitted one is counted as failed until it has succeeded, so that a thousand at once count too. */
export type Verdict =
  | { readonly admitted: true; readonly next: readonly ThrottleState[]; readonly pauseMs: number }
  | { readonly admitted: false; readonly retryAfterSeconds: number };

/** The key of a counter; whom it counts stands in it only as a hash. */
export function throttleKey(kind: ThrottleKind, ...whom: readonly string[]): string {
  return `${kind}:${createHash('sha256').update(whom.join('\n')).digest('base64url')}`;
}

/** Who attempts to sign in, as far as counting goes. */
export interface Attempt {
  readonly username: string;
  /** The keyed hash of the network address. */
  readonly source: string | null;
  /** What the device is recognised by. */
  readonly device: string | null;
  /** Whether this account was signed in to from this device before. */
  readonly knownDevice: boolean;
}

/** The counters an attempt to sign in is held against, sorted (the order in which they are locked). */
export function attemptKeys({ username, source, device, knownDevice }: Attempt): string[] {
  const ofDevice = device === null ? [] : [throttleKey('device', device)];
  if (knownDevice && device !== null) return [...ofDevice, throttleKey('owner', username, device)].toSorted();
  const prefix = /^\d{6}/.exec(username)?.[0];
  return [
    throttleKey('account', username),
    ...ofDevice,
    ...(source === null ? [] : [throttleKey('source', source)]),
    ...(prefix === undefined ? [] : [throttleKey('prefix', prefix)]),
  ].toSorted();
}

/** Judges an attempt against its counters and counts it where it is admitted. */
export function judgeAttempt(states: readonly ThrottleState[], now: Date): Verdict {
  const waits = states
    .filter(({ key }) => ruleOf(key).effect === 'refuse')
    .map(({ blockedUntil }) => (blockedUntil === null ? 0 : blockedUntil.getTime() - now.getTime()));
  const wait = Math.max(0, ...waits);
  if (wait > 0) return { admitted: false, retryAfterSeconds: Math.ceil(wait / 1000) };
  const next = states.map((state) => countFailure(state, now));
  const pauses = next.filter(({ key }) => ruleOf(key).effect === 'slow').map((state) => delayMs(state));
  return { admitted: true, next, pauseMs: Math.max(0, ...pauses) };
}

/** Takes an admitted attempt back that turned out right. */
export function forgiveAttempt(states: readonly ThrottleState[]): ThrottleState[] {
  return states.map((state) => {
    const failures = ruleOf(state.key).clearedBySuccess ? 0 : Math.max(0, state.failures - 1);
    return withDelay({ ...state, failures }, state.lastAt);
  });
}

/** The kinds of counter whose alarm an attempt, now known to have failed, has set off. */
export function alarmsOf(states: readonly ThrottleState[]): ThrottleKind[] {
  return states
    .filter(({ key, failures }) => {
      const { alarmEvery } = ruleOf(key);
      return alarmEvery !== null && failures > 0 && failures % alarmEvery === 0;
    })
    .map(({ key }) => kindOf(key));
}

function countFailure(state: ThrottleState, now: Date): ThrottleState {
  const idleSeconds = (now.getTime() - state.lastAt.getTime()) / 1000;
  const failures = idleSeconds >= ruleOf(state.key).forgetAfterSeconds ? 0 : state.failures;
  return withDelay({ ...state, failures: failures + 1, lastAt: now }, now);
}

function withDelay(state: ThrottleState, from: Date): ThrottleState {
  const delay = delayMs(state);
  return { ...state, blockedUntil: delay === 0 ? null : new Date(from.getTime() + delay) };
}

/** The delay that a counter's failures have earned, in milliseconds. */
function delayMs({ key, failures }: ThrottleState): number {
  const rule = ruleOf(key);
  const beyond = failures - rule.free;
  return beyond <= 0 ? 0 : Math.min(rule.longestDelayMs, rule.firstDelayMs * 2 ** (beyond - 1));
}

function ruleOf(key: string): ThrottleRule {
  return throttlePolicy[kindOf(key)];
}

function kindOf(key: string): ThrottleKind {
  return key.slice(0, key.indexOf(':')) as ThrottleKind;
}
