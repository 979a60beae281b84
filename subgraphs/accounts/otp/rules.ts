/** How many codes there may be, and how many tries at them: decided by what stands in the rows, and the instant. */

/** The thresholds that hold from a day on. */
export interface OtpPolicy {
  /** The first day in Viet Nam on which they hold, `YYYY-MM-DD`. */
  readonly from: string;
  /** How long a code may be answered. */
  readonly lifeSeconds: number;
  readonly triesPerCode: number;
  /** Codes to one telephone or address, and as many for one account. */
  readonly codesPerHour: number;
  readonly codesPerDay: number;
  readonly resendSeconds: number;
  /** Codes asked for from one source (a network address) in an hour, for whomever. */
  readonly codesPerSourceHour: number;
  /** Wrong codes from one source in an hour; then it may not try any more until they are an hour old. */
  readonly failuresPerSourceHour: number;
  /** Wrong codes for one prefix of numbers in an hour that cost nothing; each beyond them slows the next ones down. */
  readonly failuresPerPrefixHour: number;
  readonly longestPauseMs: number;
  /** Wrong codes of everybody in ten minutes that raise the alarm. */
  readonly failuresForAlarm: number;
}

/**
 * The thresholds by the day they hold from. Six digits at 5 tries a code and 10 codes a day are 50 guesses a day at one
 * account: one in 20,000 a day (NIST SP 800-63B wants a code below 64 bits limited; ASVS 5.0, 6.5.1–6.5.5 and 6.6.3).
 */
export const otpPolicies: readonly OtpPolicy[] = [
  {
    from: '2024-07-01',
    lifeSeconds: 180,
    triesPerCode: 5,
    codesPerHour: 5,
    codesPerDay: 10,
    resendSeconds: 60,
    codesPerSourceHour: 60,
    failuresPerSourceHour: 50,
    failuresPerPrefixHour: 50,
    longestPauseMs: 800,
    failuresForAlarm: 300,
  },
];

/** The thresholds of a day in Viet Nam; the oldest before all of them. */
export function otpPolicyOf(day: string, policies: readonly OtpPolicy[] = otpPolicies): OtpPolicy {
  const [first, ...later] = policies.toSorted((one, other) => (one.from < other.from ? -1 : 1));
  return later.reduce((held, policy) => (policy.from <= day ? policy : held), first as OtpPolicy);
}

/** What stands in the rows about whoever asks for a code: when codes were issued and tries failed. */
export interface OtpHistory {
  /** Of the last day, to the same telephone or address. */
  readonly phone: readonly Date[];
  /** Of the last day, for the same account. */
  readonly account: readonly Date[];
  /** Of the last hour, from the same source. */
  readonly source: readonly Date[];
  /** Wrong codes of the last hour from the same source. */
  readonly sourceFailures: readonly Date[];
  /** How many wrong codes there were in the last hour for the same prefix. */
  readonly prefixFailures: number;
}

/** Why no code is issued, or none is checked. */
export type OtpLimit = 'OTP_RESEND' | 'OTP_HOUR' | 'OTP_DAY' | 'OTP_SOURCE';

/** Whether a code may be issued; `retryAfterSeconds` is when all limits that stand against it have passed. */
export type IssueVerdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: OtpLimit; readonly retryAfterSeconds: number };

const HOUR = 3_600;
const DAY = 86_400;

/** Judges whether a code may be issued. Every limit slides: the hour is the one that ends now. */
export function judgeIssue(history: OtpHistory, now: Date, policy: OtpPolicy): IssueVerdict {
  const { phone, account, source, sourceFailures } = history;
  const of = (reason: OtpLimit, ats: readonly Date[], most: number, seconds: number) => ({
    reason,
    waitMs: waitFor(ats, most, seconds, now),
  });
  const limits = [
    of('OTP_SOURCE', source, policy.codesPerSourceHour, HOUR),
    of('OTP_SOURCE', sourceFailures, policy.failuresPerSourceHour, HOUR),
    ...[phone, account].flatMap((ats) => [
      of('OTP_DAY', ats, policy.codesPerDay, DAY),
      of('OTP_HOUR', ats, policy.codesPerHour, HOUR),
      of('OTP_RESEND', ats, 1, policy.resendSeconds),
    ]),
  ];
  return verdictOf(limits);
}

/** Judges whether a code may be tried from a source. */
export function judgeTry(
  { sourceFailures }: Pick<OtpHistory, 'sourceFailures'>,
  now: Date,
  policy: OtpPolicy,
): IssueVerdict {
  const waitMs = waitFor(sourceFailures, policy.failuresPerSourceHour, HOUR, now);
  return verdictOf([{ reason: 'OTP_SOURCE', waitMs }]);
}

/** The pause that a prefix under attack puts before every answer, right or wrong: it slows, and never locks anybody out. */
export function prefixPauseMs(prefixFailures: number, policy: OtpPolicy): number {
  const beyond = prefixFailures - policy.failuresPerPrefixHour;
  return beyond <= 0 ? 0 : Math.min(policy.longestPauseMs, 25 * 2 ** Math.min(beyond - 1, 10));
}

/** Whose alarm one more wrong code sets off, where these were there before it. */
export function alarmsOf(
  before: { readonly sourceFailures: number; readonly prefixFailures: number },
  policy: OtpPolicy,
): ('source' | 'prefix')[] {
  const alarms: ('source' | 'prefix')[] = [];
  if (before.sourceFailures + 1 === policy.failuresPerSourceHour) alarms.push('source');
  if ((before.prefixFailures + 1) % policy.failuresPerPrefixHour === 0) alarms.push('prefix');
  return alarms;
}

function verdictOf(limits: readonly { readonly reason: OtpLimit; readonly waitMs: number }[]): IssueVerdict {
  const [longest] = limits.toSorted((one, other) => other.waitMs - one.waitMs);
  if (longest === undefined || longest.waitMs <= 0) return { allowed: true };
  return {
    allowed: false,
    reason: longest.reason,
    retryAfterSeconds: Math.ceil(longest.waitMs / 1000),
  };
}

/** How long until fewer than so many lie within so many seconds; 0 where it is so already. */
function waitFor(ats: readonly Date[], most: number, seconds: number, now: Date): number {
  const begin = now.getTime() - seconds * 1000;
  const within = ats.map((at) => at.getTime()).filter((at) => at > begin);
  if (within.length < most) return 0;
  const newestFirst = within.toSorted((one, other) => other - one);
  return (newestFirst[most - 1] ?? begin) - begin;
}
