import type { Texts } from '../texts.ts';

const REVIEWED = 'An official is looking at it. You need do nothing; the decision comes by SMS.';
const RETRIED =
  'It could not be done, for the reasons below. Nothing has changed. Once they are mended you can try again at once.';

/** How a change stands, where all changes say the same. */
const changeStanding = {
  SUBMITTED: REVIEWED,
  IN_REVIEW: REVIEWED,
  REJECTED: RETRIED,
  WITHDRAWN: 'You withdrew this request. Nothing has changed.',
  REFUSED: 'The owner of the account refused it or locked the account, so nothing has changed.',
  EXPIRED: 'The request was not sent in in time and is closed. You can begin anew.',
  LAPSED: 'The request was not completed in time. Nothing has changed; you can begin anew.',
};

/** What registering says according to what it is for, in English. */
export const purposes: Texts['registration']['purposes'] = {
  ACCOUNT: {
    title: 'Register for an electronic identification account',
    lead: 'A level 1 account is made in the app, free of charge. You can stop and go on at any time.',
    begin: 'Register',
    password: 'You will sign in with this password.',
    sendIntro: 'Your file is complete. Its deadline runs from when you send it in.',
    sendNext: [
      'You get the decision by SMS.',
      'If it is approved: activate within 7 days and set a passcode.',
      'If it is not: the reason and how to mend it stand here at once.',
    ],
    send: 'Send in',
    sending: 'Sending in',
    withdraw: 'What you declared will no longer be used. You can register anew at any time.',
    newOne: 'Register anew',
    states: { APPROVED: 'Approved', ACTIVATED: 'Activated' },
    waiting: 'Your registration is approved and waits for its time.',
    meanwhile: ['Come back after the time above.'],
    standing: {
      SUBMITTED: REVIEWED,
      IN_REVIEW: REVIEWED,
      APPROVED: 'Your registration is approved. Activate the account to use it.',
      ACTIVATED: 'The account is activated. Please sign in.',
      REJECTED:
        'Your registration was not approved, for the reasons below. Once they are mended you can register again at once.',
      WITHDRAWN: 'You withdrew this registration.',
      REFUSED: 'The registration was refused.',
      EXPIRED: 'The file was not sent in in time and is closed. You can register again.',
      LAPSED: 'The time to activate is over. Call the identification hotline, or register anew.',
    },
  },
  PASSWORD: {
    title: 'Reset the password',
    lead: 'You prove your identity anew and then set a new password. A message alone does not suffice, so that nobody with your phone can take the account.',
    begin: 'Begin',
    password: 'The new password, used once it is changed.',
    sendIntro: 'Every step is done. The new password counts as soon as you press the button.',
    sendNext: [
      'Every device that is signed in to the account is signed out.',
      'A message tells that the password was changed.',
      'A lock of your own for a lost device or suspected misuse ends. A lock of an authority stays.',
    ],
    send: 'Change the password',
    sending: 'Changing the password',
    withdraw: 'The old password still works. You can begin anew at any time.',
    newOne: 'Begin anew',
    states: { APPROVED: 'Approved', ACTIVATED: 'Password changed' },
    waiting: 'Your identity is confirmed. The new password counts from the time below.',
    meanwhile: ['Come back after the time above.'],
    standing: {
      ...changeStanding,
      APPROVED: 'Your identity is confirmed. The password is being changed.',
      ACTIVATED: 'Every device is signed out. Please sign in with the new password.',
    },
  },
  DEVICE: {
    title: 'Move to a new device',
    lead: 'For a new device, or when the old one is lost. You prove your identity by card and face; no code from the old device is needed.',
    begin: 'Begin',
    password: 'The new password, used once you have moved. Remember it: it completes the move.',
    sendIntro: 'Every step is done. Send the request to move the account to this device.',
    sendNext: [
      'The owner is told at once, by message and on the device that is signed in, with how to refuse.',
      'It waits before this device can be used. Confirmed on the old device it does not wait.',
      'Then you set a new passcode here. The old device is signed out and its passkeys no longer work.',
    ],
    send: 'Send the request',
    sending: 'Sending the request',
    withdraw: 'The old device works as before. You can begin anew at any time.',
    newOne: 'Begin anew',
    states: { APPROVED: 'Identity confirmed', ACTIVATED: 'Moved to the new device' },
    waiting: 'This device can be used from the time below, unless the owner refuses.',
    meanwhile: [
      'You still have the old device: open Account there, choose “It is me” and enter the passcode. Then press the button below; there is no wait.',
      'You no longer have it: come back after the time above. In another browser, open the file by its code and the password you just set.',
      'It is urgent: take your card to the commune police.',
    ],
    standing: {
      ...changeStanding,
      APPROVED: 'It is time. Set a new passcode to use the account on this device.',
      ACTIVATED: 'The account has moved to the new device. Please sign in.',
    },
  },
  PHONE: {
    title: 'Change the phone number',
    lead: 'For when you no longer have the old number. While you have it, sign in and change it under Account: there is no wait.',
    begin: 'Begin',
    password: 'The password stays.',
    sendIntro: 'Every step is done. Send the request to use the new number.',
    sendNext: [
      'The old number and the new one are both told.',
      'Confirmed by both numbers it counts at once.',
      'Proved by card and face it waits, so that the owner can refuse it if it was somebody else.',
    ],
    send: 'Send the request',
    sending: 'Sending the request',
    withdraw: 'The old number stays. You can begin anew at any time.',
    newOne: 'Begin anew',
    states: { APPROVED: 'Identity confirmed', ACTIVATED: 'Phone number changed' },
    waiting: 'The new number counts from the time below, unless the owner refuses. You need do nothing.',
    meanwhile: [
      'A device that is signed in is asked: “It is me” under Account, with the passcode, ends the wait.',
      'The new number is told by message what came of it.',
    ],
    standing: {
      ...changeStanding,
      APPROVED: 'It is time. The number is being changed.',
      ACTIVATED: 'Codes and notices go to the new number from now on.',
    },
  },
};

/** Opening what was approved, on this device, in English. */
export const activations: Pick<Texts['registration']['activate'], 'ACCOUNT' | 'DEVICE'> = {
  ACCOUNT: {
    title: 'Activate the account',
    intro: 'Set a passcode of 6 digits. It opens sensitive data and agrees to sharing.',
    password: 'Password set when registering',
    submit: 'Activate',
    busy: 'Activating',
  },
  DEVICE: {
    title: 'Complete it on this device',
    intro: 'Set a new passcode of 6 digits. The old one no longer works.',
    password: 'The password you just set',
    submit: 'Move to this device',
    busy: 'Moving',
  },
};
