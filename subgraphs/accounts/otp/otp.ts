import type { MessageAddress, MessageLanguage, OtpPurpose } from '../messages/message.ts';
import type { OtpLimit } from './rules.ts';

/** For what a code is asked. */
export interface OtpAsked {
  readonly purpose: OtpPurpose;
  /** The request it is for, such as a registration's id: the code is right for no other, and a newer one replaces it. */
  readonly request: string;
  /** Where it goes, a number in E.164 or an e-mail address. Limits are counted by it. */
  readonly to: MessageAddress;
  /** What limits are counted by in the place of the address, where they must not tell whose address it is. */
  readonly countedAs?: string;
  /**
   * False where this address may not be told anything, since there is nobody, or somebody else, behind what was claimed.
   * The same is done then, statement for statement, but nothing is sent and no code is right.
   */
  readonly known: boolean;
  /** The account as it was claimed: a personal number, existing or not. Limits are counted by it too. */
  readonly account: string;
  /** The keyed hash of the network address, as the caller token has it; null counts by none. */
  readonly source: string | null;
  readonly language: MessageLanguage;
  readonly now: Date;
}

/** What became of asking. Pause so long after the transaction has ended, and before answering, whatever it is. */
export type OtpIssued =
  | { readonly issued: true; readonly expiresAt: Date; readonly resendAt: Date; readonly pauseMs: number }
  | {
      readonly issued: false;
      readonly reason: OtpLimit;
      readonly retryAfterSeconds: number;
      readonly pauseMs: number;
    };

/** A code that somebody typed. */
export interface OtpTried {
  readonly purpose: OtpPurpose;
  readonly request: string;
  readonly code: string;
  readonly account: string;
  readonly source: string | null;
  readonly now: Date;
}

/**
 * What became of a try. `OTP_WRONG`: one try less; `OTP_ENDED`: there is no code that could still be right (used, replaced,
 * too old, or tried too often), ask for another; `OTP_SOURCE`: nothing was looked at.
 */
export type OtpChecked =
  | { readonly right: true; readonly pauseMs: number }
  | {
      readonly right: false;
      readonly reason: 'OTP_WRONG' | 'OTP_ENDED';
      readonly triesLeft: number;
      readonly pauseMs: number;
    }
  | {
      readonly right: false;
      readonly reason: 'OTP_SOURCE';
      readonly retryAfterSeconds: number;
      readonly pauseMs: number;
    };
