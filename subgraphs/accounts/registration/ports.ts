import type { PasswordOwner } from '@dinhdanh/schema/check-password';
import type { MessageInputs } from '../messages/message.ts';
import type { TellOwner } from '../life/tell-owner.ts';
import type { Sql } from '../sql.ts';
import type {
  ContactChannel,
  DeclaredIdentity,
  MatchDatabase,
  MatchEvidence,
  RegistrationPurpose,
} from './registration.ts';

/** Whom a database is asked about. */
export interface MatchQuestion {
  readonly personalNumber: string | null;
  readonly passport: string | null;
  readonly passportCountry: string | null;
  readonly identity: DeclaredIdentity;
}

/**
 * Holds what was declared against a national database, through the gateway, as the applicant.
 *
 * @throws AppError `SOURCE_UNAVAILABLE` where it cannot be asked
 */
export type MatchIdentity = (
  question: MatchQuestion,
  applicant: { readonly registrationId: string; readonly database: MatchDatabase; readonly now: Date },
) => Promise<Pick<MatchEvidence, 'level' | 'differing'>>;

/** A chip as a reader sent it: file names as ICAO has them, bytes, the answer to the challenge. */
export interface ReadChip {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly signature: Uint8Array;
  readonly challenge: Uint8Array;
}

/** What a chip says of its holder, for comparing; kept by nobody. */
export interface ChipHolder {
  readonly personalNumber: string;
  readonly fullName: string | null;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly dateOfBirth: string | null;
  readonly sex: 'MALE' | 'FEMALE' | null;
}

/** What became of a chip. */
export type ChipOutcome =
  | {
      readonly genuine: true;
      readonly holder: ChipHolder;
      readonly face: Uint8Array;
      readonly hashes: Readonly<Record<string, string>>;
    }
  | {
      readonly genuine: false;
      /** Of the chip room, `CHIP_FORGED` and others. */
      readonly code: string;
      readonly mend: 'READ_AGAIN' | 'OTHER_CARD' | 'AT_AN_OFFICE' | 'LATER';
    };

/** Verifies a chip: passive and active authentication, in force, of this person. */
export type VerifyChip = (
  chip: ReadChip,
  expected: { readonly personalNumber: string; readonly now: Date },
) => Promise<ChipOutcome>;

/** Compares faces. */
export interface FacePort {
  readonly name: string;
  /** Codes of what is wrong with a portrait; empty where it can be compared. */
  readonly quality: (image: Uint8Array) => Promise<readonly string[]>;
  readonly compare: (
    reference: Uint8Array,
    portrait: Uint8Array,
    now: Date,
  ) => Promise<{ readonly score: number; readonly outcome: 'SAME' | 'UNSURE' | 'OTHER' }>;
}

/** Who a code is for and what it confirms. */
export interface CodeRequest {
  readonly registrationId: string;
  readonly purpose: RegistrationPurpose;
  readonly channel: ContactChannel;
  /** Null where nobody has it: the same is done, nothing is sent, and no code is right. */
  readonly address: string | null;
  /** What guesses are counted by: the number or passport, whoever it belongs to. */
  readonly account: string;
  readonly source: string | null;
}

/** One-time codes by SMS and e-mail. */
export interface CodePort {
  /**
   * Issues a code and puts its message into the outbox, in one transaction; `pauseMs` is waited after it.
   *
   * @throws AppError `RATE_LIMITED`
   */
  readonly issue: (
    sql: Sql,
    request: CodeRequest,
    now: Date,
  ) => Promise<{ readonly until: Date; readonly nextAt: Date; readonly pauseMs: number }>;
  /** Uses a try up, right or wrong; the transaction has to be committed either way. @throws AppError `RATE_LIMITED` */
  readonly check: (
    sql: Sql,
    request: CodeRequest,
    code: string,
    now: Date,
  ) => Promise<{ readonly outcome: 'RIGHT' | 'WRONG' | 'OVER'; readonly pauseMs: number }>;
}

/** What an applicant is told by message. */
export type RegistrationMessage = {
  readonly [Kind in RegistrationMessageKind]: { readonly kind: Kind; readonly inputs: MessageInputs[Kind] };
}[RegistrationMessageKind];

type RegistrationMessageKind =
  | 'REGISTRATION_RECEIVED'
  | 'REGISTRATION_APPROVED'
  | 'REGISTRATION_REJECTED'
  | 'REGISTRATION_FOR_NUMBER'
  | 'ACTIVATION_LAPSED'
  | 'ACCOUNT_ACTIVATED'
  | 'PHONE_CHANGED'
  | 'CHANGE_REJECTED';

/** Puts a message into the outbox within a transaction; `to` null does the same work for nobody. */
export type PutMessage = (
  sql: Sql,
  message: RegistrationMessage,
  to: string | null,
  now: Date,
) => Promise<void>;

/** What is wrong with a password: codes, none where it may be set. */
export type CheckPassword = (password: string, owner: PasswordOwner) => readonly string[];

/** All that registering needs of other rooms. */
export interface RegistrationPorts {
  readonly match: MatchIdentity;
  readonly verifyChip: VerifyChip;
  readonly faces: FacePort;
  readonly codes: CodePort;
  readonly putMessage: PutMessage;
  /** Tells the owner of an account on all ways that it has. */
  readonly tellOwner: TellOwner;
  readonly checkPassword: CheckPassword;
}
