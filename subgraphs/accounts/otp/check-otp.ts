import { legalDateOf } from '@dinhdanh/kit';
import type { Sql } from '../sql.ts';
import { livingOf, locksOf, whoOf } from './issue-otp.ts';
import type { OtpRoom } from './issue-otp.ts';
import type { OtpChecked, OtpTried } from './otp.ts';
import { countTry, lockLiving, lockOtp, noteFailure, readHistory } from './otp-rows.ts';
import type { OtpWho } from './otp-rows.ts';
import type { OtpHistory, OtpPolicy } from './rules.ts';
import { alarmsOf, judgeTry, otpPolicyOf, prefixPauseMs } from './rules.ts';

/**
 * Checks a code in the caller's transaction. The right one is used up with it: what it was for is to be done in the same
 * transaction, so that a crash leaves both undone and a repetition finds both done.
 *
 * The caller must **commit whatever comes back**: a wrong try that is rolled back was never counted. So nothing is thrown
 * for a wrong code; return from the transaction, wait `pauseMs`, then answer. At most one call of this or of `issueOtp` a
 * transaction, before anything else is locked in it.
 *
 * Costs the same whether the request, the account or the code exists: five statements, one hash, or three where the
 * source may not try.
 */
export async function checkOtp(
  sql: Sql,
  tried: OtpTried,
  { keys, log }: Pick<OtpRoom, 'keys' | 'log'>,
): Promise<OtpChecked> {
  const { now, source } = tried;
  const who = whoOf(keys, '', tried);
  await lockOtp(sql, locksOf(keys, [source]));
  const history = await readHistory(sql, who, now);
  const policy = otpPolicyOf(legalDateOf(now));
  const pauseMs = prefixPauseMs(history.prefixFailures, policy);
  const verdict = judgeTry(history, now, policy);
  if (!verdict.allowed) {
    log.warn('ACCOUNTS_OTP_REFUSED', { reason: verdict.reason });
    return { right: false, reason: 'OTP_SOURCE', retryAfterSeconds: verdict.retryAfterSeconds, pauseMs };
  }
  const row = await lockLiving(sql, livingOf(keys, tried));
  const matches = keys.isCode(row?.codeHash ?? NO_HASH, row?.id ?? NO_ROW, tried.code);
  const most = policy.triesPerCode;
  const tries = await countTry(sql, row?.id ?? NO_ROW, { right: matches, most, now });
  if (matches && tries !== null) return { right: true, pauseMs };
  await fail({ sql, who, history, policy }, log, now);
  if (tries === null) return { right: false, reason: 'OTP_ENDED', triesLeft: 0, pauseMs };
  const triesLeft = Math.max(0, most - tries);
  return { right: false, reason: triesLeft === 0 ? 'OTP_ENDED' : 'OTP_WRONG', triesLeft, pauseMs };
}

/** As long as any hash, and nobody's: base64url of 32 bytes ends otherwise. */
const NO_HASH = '='.repeat(43);
const NO_ROW = '';

async function fail(
  {
    sql,
    who,
    history,
    policy,
  }: {
    readonly sql: Sql;
    readonly who: OtpWho;
    readonly history: OtpHistory;
    readonly policy: OtpPolicy;
  },
  log: OtpRoom['log'],
  now: Date,
): Promise<void> {
  await noteFailure(sql, who, now);
  const before = {
    sourceFailures: who.source === null ? -1 : history.sourceFailures.length,
    prefixFailures: who.prefix === null ? -2 : history.prefixFailures,
  };
  for (const reason of alarmsOf(before, policy)) log.error('ACCOUNTS_OTP_GUESSING_SUSPECTED', { reason });
}
