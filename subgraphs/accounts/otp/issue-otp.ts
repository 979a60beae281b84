import { randomUUID } from 'node:crypto';
import { legalDateOf } from '@dinhdanh/kit';
import type { Log } from '@dinhdanh/kit';
import type { Outbox } from '../messages/outbox.ts';
import type { Sql } from '../sql.ts';
import { newCode } from './otp-keys.ts';
import type { OtpKeys } from './otp-keys.ts';
import type { OtpAsked, OtpIssued } from './otp.ts';
import { insertOtp, lockOtp, readHistory, replaceOtp } from './otp-rows.ts';
import type { OtpWho } from './otp-rows.ts';
import { judgeIssue, otpPolicyOf, prefixPauseMs } from './rules.ts';

/** What codes are issued and checked with. */
export interface OtpRoom {
  readonly keys: OtpKeys;
  readonly outbox: Pick<Outbox, 'put'>;
  readonly log: Log;
}

/**
 * Issues a one-time code in the caller's transaction: keeps its hash and puts the message into the outbox, so that both
 * are there or neither. A code the request had before is replaced. Nothing is told apart by `known`: the same statements,
 * the same answer, the same hashes.
 *
 * The caller ends the transaction whatever comes back (nothing is thrown for a limit), then waits `pauseMs`, then answers:
 * for a limit with `RATE_LIMITED`, its seconds and its reason. At most one call of this or of `checkOtp` a transaction,
 * before anything else is locked in it.
 */
export async function issueOtp(sql: Sql, asked: OtpAsked, room: OtpRoom): Promise<OtpIssued> {
  const { keys, outbox, log } = room;
  const { purpose, to, known, now, source } = asked;
  const who = whoOf(keys, asked.countedAs ?? to.address, asked);
  const living = livingOf(keys, asked);
  await lockOtp(sql, locksOf(keys, [who.phone, who.account, source, living]));
  const history = await readHistory(sql, who, now);
  const policy = otpPolicyOf(legalDateOf(now));
  const pauseMs = prefixPauseMs(history.prefixFailures, policy);
  const verdict = judgeIssue(history, now, policy);
  if (!verdict.allowed) {
    log.warn('ACCOUNTS_OTP_REFUSED', { reason: verdict.reason });
    return { issued: false, reason: verdict.reason, retryAfterSeconds: verdict.retryAfterSeconds, pauseMs };
  }
  const id = randomUUID();
  const code = newCode();
  const expiresAt = new Date(now.getTime() + policy.lifeSeconds * 1000);
  await replaceOtp(sql, living);
  await insertOtp(sql, {
    ...{ id, purpose, living, source, createdAt: now, expiresAt },
    ...{ phone: who.phone, account: who.account },
    // Of nobody's code no six digits are the ones: not even a lucky guess is right.
    codeHash: keys.ofCode(id, known ? code : `${code}\nnobody`),
  });
  const inputs = { code, purpose, minutes: Math.ceil(policy.lifeSeconds / 60) };
  const message = { kind: 'OTP', inputs, language: asked.language, sendBy: expiresAt } as const;
  await outbox.put(sql, { ...message, to: known ? to : null }, now);
  return {
    issued: true,
    expiresAt,
    resendAt: new Date(now.getTime() + policy.resendSeconds * 1000),
    pauseMs,
  };
}

/** The keyed hashes somebody is counted by; only personal numbers have prefixes that are guessed at. */
export function whoOf(
  keys: OtpKeys,
  address: string,
  { account, source }: Pick<OtpAsked, 'account' | 'source'>,
): OtpWho {
  const prefix = /^\d{6}/.exec(account)?.[0];
  return {
    phone: keys.of('phone', address),
    account: keys.of('account', account),
    prefix: prefix === undefined ? null : keys.of('prefix', prefix),
    source,
  };
}

/** The place a request's code has while it may be answered. */
export function livingOf(keys: OtpKeys, { purpose, request }: Pick<OtpAsked, 'purpose' | 'request'>): string {
  return `${purpose}:${keys.of('request', request)}`;
}

/** The locks of those that are counted. */
export function locksOf(keys: OtpKeys, names: readonly (string | null)[]): string[] {
  return names.flatMap((name) => (name === null ? [] : [keys.lockOf(name)]));
}
