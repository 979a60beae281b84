import type { LockReason } from '../account.ts';
import type { OtpPurpose, RejectReason } from './message.ts';
import { dayInWords, timeInWords } from './time-in-words.ts';
import type { MessageTexts } from './message-text.ts';

const purposes: Readonly<Record<OtpPurpose, string>> = {
  REGISTRATION: 'register',
  PHONE_CHANGE: 'change your phone number',
  EMAIL_CONFIRMATION: 'confirm your e-mail address',
  PASSWORD_RESET: 'reset your password',
  PASSCODE_RESET: 'reset your passcode',
  DEVICE_CHANGE: 'change your device',
};

const rejections: Readonly<Record<RejectReason, string>> = {
  DATA_MISMATCH:
    'what you declared differs from the population data. Correct the fields shown in the app, or report wrong data to the commune police',
  PHOTO_QUALITY: 'the portrait is not clear. Take it again in good light, without glasses or mask',
  FACE_MISMATCH: 'the portrait does not match the card. Take it again, or go to the commune police',
  CHIP_INVALID:
    'the chip of the card could not be verified. Read it again, or go to where the card was issued',
  DOCUMENT_EXPIRED: 'the card has expired. Renew it, then register again',
  NOT_ELIGIBLE: 'the conditions are not met. The app tells the conditions and where to register',
  SUSPECTED_FRAUD: 'it must be checked in person. Bring your card to the commune police',
};

const locks: Readonly<Record<LockReason, string>> = {
  OWNER_REQUEST: 'as you asked',
  LOST_DEVICE: 'since you reported a lost device',
  SUSPECTED_MISUSE: 'since you reported misuse',
  TERMS_BREACH: 'for a breach of the terms of use',
  DOCUMENT_EXPIRED: 'since your document has expired',
  CARD_WITHDRAWN: 'since the identity card was withdrawn',
  DEATH: "since the owner's death was reported",
  AUTHORITY_REQUEST: 'as a competent authority asked',
};

const NOT_YOU = 'Not you? Lock the account in the app at once or tell the commune police.';

/** What people are written in English. Characters of the GSM alphabet alone: half the segments. */
export const englishTexts: MessageTexts = {
  OTP: {
    subject: 'Verification code',
    text: ({ code, purpose, minutes }) =>
      `${code} is your Dinhdanh code to ${purposes[purpose]}. It ends in ${minutes} minutes. Give it to nobody.`,
  },
  REGISTRATION_RECEIVED: {
    subject: 'Your registration was received',
    text: ({ dueOn }) =>
      `Dinhdanh: your registration was received. You will hear by ${dayInWords(dueOn)} at the latest.`,
  },
  REGISTRATION_APPROVED: {
    subject: 'Your account was approved',
    text: ({ level, activateBy }) =>
      `Dinhdanh: your level ${level} account was approved. Activate it in the app by the end of ${dayInWords(activateBy)}.`,
  },
  REGISTRATION_REJECTED: {
    subject: 'Your registration was not approved',
    text: ({ reason }) => `Dinhdanh: your registration was not approved: ${rejections[reason]}.`,
  },
  ACTIVATION_DEADLINE: {
    subject: 'The time to activate is ending',
    text: ({ activateBy }) =>
      `Dinhdanh: your account is not activated. The last day is ${dayInWords(activateBy)}; after it you must register again.`,
  },
  ACTIVATION_LAPSED: {
    subject: 'The time to activate has ended',
    text: () => 'Dinhdanh: your account was not activated in time. You can register again, free of charge.',
  },
  REGISTRATION_FOR_NUMBER: {
    subject: 'Somebody registers with your number',
    text: ({ at }) =>
      `Dinhdanh: somebody declared your personal number to register an account ${timeInWords(at)}. Your account is unchanged. If it was not you, tell the commune police.`,
  },
  ACCOUNT_ACTIVATED: {
    subject: 'Your account is active',
    text: () => `Dinhdanh: your account was activated. ${NOT_YOU}`,
  },
  ACCOUNT_LOCKED: {
    subject: 'Your account was locked',
    text: ({ reason }) =>
      `Dinhdanh: your account was locked, ${locks[reason]}. All sharing of data has stopped. The app tells how to unlock it.`,
  },
  ACCOUNT_UNLOCKED: {
    subject: 'Your account was unlocked',
    text: () => `Dinhdanh: your account was unlocked. ${NOT_YOU}`,
  },
  ACCOUNT_CLOSED: {
    subject: 'Your account was closed',
    text: () => 'Dinhdanh: your account was closed. If that is a mistake, go to the commune police.',
  },
  LEVEL_CHANGED: {
    subject: 'The level of your account has changed',
    text: ({ level }) => `Dinhdanh: your account is now at level ${level}. The app tells more.`,
  },
  NEW_DEVICE_SIGN_IN: {
    subject: 'Sign-in from a new device',
    text: ({ at }) => `Dinhdanh: sign-in from a new device at ${timeInWords(at)}. ${NOT_YOU}`,
  },
  DEVICE_CHANGE_ASKED: {
    subject: 'A change of device was asked for',
    text: ({ effectiveAt }) =>
      `Dinhdanh: a change of device was asked for and takes effect at ${timeInWords(effectiveAt)}. ${NOT_YOU}`,
  },
  DEVICE_CHANGE_READY: {
    subject: 'The change of device can be completed',
    text: ({ activateBy }) =>
      `Dinhdanh: the change of device can be completed on the new device until the end of ${dayInWords(activateBy)}. ${NOT_YOU}`,
  },
  DEVICE_CHANGED: {
    subject: 'The device has changed',
    text: ({ at }) => `Dinhdanh: your account moved to a new device at ${timeInWords(at)}. ${NOT_YOU}`,
  },
  PHONE_CHANGE_ASKED: {
    subject: 'A change of phone number was asked for',
    text: ({ effectiveAt }) =>
      `Dinhdanh: a change of your phone number was asked for and takes effect at ${timeInWords(effectiveAt)}. ${NOT_YOU}`,
  },
  PHONE_CHANGED: {
    subject: 'The phone number has changed',
    text: () => `Dinhdanh: the phone number of your account has changed. ${NOT_YOU}`,
  },
  CHANGE_REJECTED: {
    subject: 'The change was not approved',
    text: ({ reason }) => `Dinhdanh: the change of your account was not approved: ${rejections[reason]}.`,
  },
  CHANGE_LAPSED: {
    subject: 'The change was not carried out',
    text: () =>
      'Dinhdanh: the change of your account was not completed. Nothing has changed; you can ask again.',
  },
  EMAIL_CHANGED: {
    subject: 'The e-mail address has changed',
    text: () => `Dinhdanh: the e-mail address of your account has changed. ${NOT_YOU}`,
  },
  PASSWORD_RESET_ASKED: {
    subject: 'A password reset was asked for',
    text: () => `Dinhdanh: a password reset was asked for; identity is being checked. ${NOT_YOU}`,
  },
  PASSWORD_CHANGED: {
    subject: 'The password has changed',
    text: ({ at }) => `Dinhdanh: your password was changed at ${timeInWords(at)}. ${NOT_YOU}`,
  },
  PASSCODE_CHANGED: {
    subject: 'The passcode has changed',
    text: ({ at }) => `Dinhdanh: your passcode was changed at ${timeInWords(at)}. ${NOT_YOU}`,
  },
  NUMBER_REPLACED: {
    subject: 'Your personal number was replaced',
    text: () =>
      'Dinhdanh: your personal number was replaced; your linked documents have moved with it. The app tells more.',
  },
  CONSENT_GIVEN: {
    subject: 'You agreed to share data',
    text: ({ at }) =>
      `Dinhdanh: you agreed to share data at ${timeInWords(at)}. See or withdraw it in the app.`,
  },
  CONSENT_ENDED: {
    subject: 'A consent has ended',
    text: ({ at }) => `Dinhdanh: a consent to share data ended at ${timeInWords(at)}.`,
  },
};
