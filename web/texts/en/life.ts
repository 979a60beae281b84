import type { Texts } from '../texts.ts';

/** Where the account is signed in, in English. */
export const sessions: Texts['sessions'] = {
  title: 'Where you are signed in',
  intro: 'Each line is a device that is signed in to this account. If you do not know one, end it.',
  unnamed: 'A device without a name',
  current: 'This device',
  lastUsed: (at) => `Last used ${at}`,
  since: (at) => `Signed in ${at}`,
  until: (at) => `Ends by itself ${at}`,
  sameNetwork: 'The same network as you',
  otherNetwork: 'Another network',
  end: 'End',
  endOf: (device) => `End the session on ${device}`,
  ended: (device) => `The session on ${device} has ended.`,
  endOthers: (count) => (count === 1 ? 'Sign out 1 other device' : `Sign out ${count} other devices`),
  endOthersNote: 'Only this device stays. The others have to sign in again.',
  othersEnded: (count) =>
    count === 1 ? '1 other device is signed out.' : `${count} other devices are signed out.`,
};

/** Who signed in or tried to, in English. */
export const signIns: Texts['signIns'] = {
  title: 'Sign-in history',
  intro: 'Each time somebody entered your number with a password, right or wrong. Kept for 5 years.',
  unknown:
    'If one was not you: end the strange session above, reset your password, or lock the account at the end of this page.',
  outcomes: {
    SIGNED_IN: 'Signed in',
    PASSWORD_WRONG: 'Wrong password',
    PASSCODE_WRONG: 'Right password, wrong passcode',
    NOT_IN_USE: 'Right password, account not in use',
  },
  at: 'Time',
  device: 'Device',
  newDevice: (device) => `${device} (seen for the first time)`,
  network: 'Network',
  unknownNetwork: 'Not known',
};

/** What a level opens, in English. */
export const levels: Texts['levels'] = {
  title: (level) => `What level ${level} opens`,
  opens: (level) => `See what level ${level} opens`,
  highest: 'This is the highest level.',
  next: 'Level 2 opens besides',
  how: 'Where to get it:',
  toRules: 'Deadlines, papers and the law',
};

/** The causes of a lock, in English. */
export const locks: Texts['locks'] = {
  title: (count) => (count === 1 ? 'Why it is locked' : `${count} reasons why it is locked`),
  all: 'It opens again when the last reason has ended.',
  who: 'Locked by',
  until: 'Until',
  next: 'How to open it',
  causes: {
    OWNER_REQUEST: {
      who: 'You',
      until: 'You open it again',
      next: 'Press the button below and enter your passcode.',
    },
    LOST_DEVICE: {
      who: 'You',
      until: 'You prove your identity anew',
      next: 'By the chip of your card and your face, or at the commune police. Whoever has your phone may know the passcode, so it does not suffice.',
    },
    SUSPECTED_MISUSE: {
      who: 'You',
      until: 'You prove your identity anew',
      next: 'By the chip of your card and your face, or at the commune police. Somebody else may know the passcode, so it does not suffice.',
    },
    TERMS_BREACH: {
      who: 'The authority for electronic identification',
      until: 'That authority ends the lock',
      next: 'Ask the commune police for the ground. If you do not agree, complain there.',
    },
    DOCUMENT_EXPIRED: {
      who: 'By itself, because your card, passport or residence has ended',
      until: 'You have new papers',
      next: 'Have your papers renewed. The account opens by itself.',
    },
    CARD_WITHDRAWN: {
      who: 'By itself, because the card was withdrawn or held',
      until: 'The card is given back or issued anew',
      next: 'Ask who withdrew or holds the card. The account opens by itself.',
    },
    DEATH: {
      who: 'By itself, by the national population database',
      until: 'It is not opened again',
      next: 'If the record is wrong, have the commune police correct it.',
    },
    AUTHORITY_REQUEST: {
      who: 'A competent authority asked for it',
      until: 'That authority ends its request',
      next: 'Ask the commune police which authority asked, and on what ground. If you do not agree, complain to it.',
    },
  },
  prove: 'Prove your identity anew to open it:',
  unlock: 'Unlock with the passcode',
  unlockTitle: 'Unlock the account?',
  unlockIntro: 'Enter your passcode. The account can be used at once, and a message tells you so.',
  unlockYes: 'Unlock the account',
  unlocking: 'Unlocking',
  stillLocked: 'Your own reason has ended. The account is still locked for the others above.',
  refusals: {
    UNLOCK_NEEDS_IDENTITY: 'This reason takes a new proof of identity.',
    UNLOCK_NOT_OWNERS: 'This reason is not yours, so you cannot end it yourself.',
  },
};

/** Changes that somebody who says they are the owner has asked for, in English. */
export const askedChanges: Texts['askedChanges'] = {
  title: 'A change of your account is asked for',
  asked: (at) => `It was begun ${at}.`,
  effective: (at) => `Whoever asks has proved the identity. It counts from ${at}, unless you refuse.`,
  open: 'Whoever asks is at the steps of proof. Nothing has changed.',
  notYou: 'If it is not you, refuse at once. If somebody else may have your card, lock the whole account.',
  refuse: 'Not me: refuse',
  refusing: {
    title: 'Refuse this request?',
    intro: 'Enter your passcode. The request ends and nothing changes.',
    submit: 'Refuse',
  },
  refused: 'Refused. Nothing has changed.',
  confirm: 'It is me: let it count at once',
  confirming: {
    title: 'Let it count at once?',
    intro:
      'Enter your passcode if it is you who asked. A new device is completed there, and this one is then signed out.',
    submit: 'It is me',
  },
  confirmed: 'Confirmed; there is no wait any more.',
  busy: 'Being done',
  refusals: {
    CHANGE_OVER: 'This request is over.',
    CHANGE_NOT_APPROVED: 'Whoever asks has not proved the identity yet.',
  },
};

/** How an owner changes password, device and phone number, in English. */
export const ownChanges: Texts['ownChanges'] = {
  title: 'Password, device, phone number',
  phone: {
    title: 'Phone number',
    note: 'Your passcode, then the codes sent to the old number and the new one. It counts at once.',
    go: 'Change the phone number',
  },
  password: {
    title: 'Password',
    note: 'Prove your identity anew by card and face. It counts at once; every device, this one too, is signed out.',
    go: 'Reset the password',
  },
  device: {
    title: 'Device',
    note: 'On the new device open the sign-in and choose “New or lost device”. You are asked here, and confirmed here it does not wait.',
    go: 'Move the account to this device',
  },
  phoneLead: 'You still have the old number: codes are sent to both.',
  noOldPhone: 'Nothing arrives at the old number?',
  confirmPhone: {
    title: 'Confirm the change of the phone number',
    intro: 'Enter your passcode to begin changing the phone number.',
    submit: 'Continue',
  },
};
