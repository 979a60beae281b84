import type { LockReason } from '../account.ts';

/** The languages people are written to in; Vietnamese where nobody has said otherwise. */
export type MessageLanguage = 'vi' | 'en';

/** By which way a message leaves. */
export type MessageChannel = 'SMS' | 'EMAIL';

/** Where a message goes: a telephone number (E.164) or an e-mail address. */
export interface MessageAddress {
  readonly channel: MessageChannel;
  readonly address: string;
}

/** What a one-time code is for. The message says it, so that nobody gives a code away for another purpose. */
export type OtpPurpose =
  | 'REGISTRATION'
  | 'PHONE_CHANGE'
  | 'EMAIL_CONFIRMATION'
  | 'PASSWORD_RESET'
  | 'PASSCODE_RESET'
  | 'DEVICE_CHANGE';

/** Why a registration was not approved; the message says how to mend each. */
export type RejectReason =
  | 'DATA_MISMATCH'
  | 'PHOTO_QUALITY'
  | 'FACE_MISMATCH'
  | 'CHIP_INVALID'
  | 'DOCUMENT_EXPIRED'
  | 'NOT_ELIGIBLE'
  | 'SUSPECTED_FRAUD';

/**
 * What each kind of message is told. Dates are legal days (`YYYY-MM-DD`), times instants. There is no place for a name, a
 * number of a person, a password or a link.
 */
export interface MessageInputs {
  readonly OTP: { readonly code: string; readonly purpose: OtpPurpose; readonly minutes: number };
  readonly REGISTRATION_RECEIVED: { readonly dueOn: string };
  readonly REGISTRATION_APPROVED: { readonly level: 1 | 2; readonly activateBy: string };
  readonly REGISTRATION_REJECTED: { readonly reason: RejectReason };
  readonly ACTIVATION_DEADLINE: { readonly activateBy: string };
  readonly ACTIVATION_LAPSED: Empty;
  readonly ACCOUNT_ACTIVATED: Empty;
  /** To the owner of an account: somebody registers with their number. */
  readonly REGISTRATION_FOR_NUMBER: { readonly at: Date };
  readonly ACCOUNT_LOCKED: { readonly reason: LockReason };
  readonly ACCOUNT_UNLOCKED: Empty;
  readonly ACCOUNT_CLOSED: Empty;
  readonly LEVEL_CHANGED: { readonly level: 1 | 2 };
  readonly NEW_DEVICE_SIGN_IN: { readonly at: Date };
  readonly DEVICE_CHANGE_ASKED: { readonly effectiveAt: Date };
  readonly DEVICE_CHANGE_READY: { readonly activateBy: string };
  readonly DEVICE_CHANGED: { readonly at: Date };
  readonly PHONE_CHANGE_ASKED: { readonly effectiveAt: Date };
  readonly PHONE_CHANGED: Empty;
  readonly CHANGE_REJECTED: { readonly reason: RejectReason };
  /** An approved change that did not come about: nobody completed it, or it could not be done any more. */
  readonly CHANGE_LAPSED: Empty;
  readonly EMAIL_CHANGED: Empty;
  readonly PASSWORD_RESET_ASKED: Empty;
  readonly PASSWORD_CHANGED: { readonly at: Date };
  readonly PASSCODE_CHANGED: { readonly at: Date };
  readonly NUMBER_REPLACED: Empty;
  readonly CONSENT_GIVEN: { readonly at: Date };
  readonly CONSENT_ENDED: { readonly at: Date };
}

type Empty = Readonly<Record<string, never>>;

/** A kind of message: a code. */
export type MessageKind = keyof MessageInputs;

/** A message about to be put into the outbox. */
export type NewMessage<Kind extends MessageKind = MessageKind> = {
  readonly [One in Kind]: {
    readonly kind: One;
    readonly inputs: MessageInputs[One];
    /** Null is nobody: everything is done but sending, so that it cannot be told from outside whether there is anybody. */
    readonly to: MessageAddress | null;
    readonly language: MessageLanguage;
    /** From then on it is not sent any more; the kind's own time where it is left out. */
    readonly sendBy?: Date;
  };
}[Kind];

/** A message as a carrier is given it. */
export interface OutgoingMessage {
  /** Opaque, the same at every try: who is sent one twice can tell. */
  readonly id: string;
  readonly kind: MessageKind;
  readonly address: string;
  /** For e-mail; a carrier of text messages leaves it out. */
  readonly subject: string;
  readonly text: string;
  readonly language: MessageLanguage;
  readonly sendBy: Date;
}
