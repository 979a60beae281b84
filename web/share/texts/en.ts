import type { ShareTexts } from './share-texts.ts';

/** Everything the page of a request says in English. */
export const en: ShareTexts = {
  tagline: 'Data shared when you agree',
  windowTitle: 'Share data',
  asking: 'Opening the request',
  lost: 'The connection is lost, trying again. What you see below may be old.',
  unreachable: 'The server did not answer. Please try again.',
  party: {
    title: 'Who asks, and what for',
    name: 'Asked by',
    legalName: 'Legal name',
    domain: 'Domain',
    purpose: 'Purpose',
    words: 'In their own words',
    verified: 'Verified',
    unverified: 'On trial, not approved yet',
  },
  waiting: {
    title: 'Scan with the Dinhdanh app',
    picture: 'QR code, changes by itself every 2 seconds',
    steps: [
      'Open Dinhdanh on your phone and sign in.',
      'Choose “Scan a code” and scan this one.',
      'Look closely at who asks for what, then agree or decline on the phone.',
    ],
    still: 'A screenshot of the code does not work.',
    samePhone: 'Open on this phone',
    samePhoneHint: 'When the app is on the very device you are using.',
    left: (time) => `The code works for another ${time}`,
    soon: 'The code runs out soon. Press “New code” for 2 more minutes.',
    renew: 'New code',
    renewed: 'A new code is there and works for 2 minutes.',
  },
  claimed: {
    title: 'Continue on the phone',
    text: 'The code was scanned. Look at the request and decide on the phone; this page follows by itself.',
    notYou: 'Was it not you who scanned it? Press “Cancel the request”.',
    left: (time) => `${time} left to decide`,
  },
  number: {
    title: 'Enter the number shown on the phone',
    text: 'To make sure that whoever has just agreed is before this screen.',
    warning: 'Never tell this number to anybody by phone or message.',
    field: 'Number of 3 digits',
    submit: 'Confirm',
    busy: 'Checking',
    empty: 'Enter all 3 digits.',
    wrong: (tries) => `That is not the number. ${tries === 1 ? '1 try' : `${tries} tries`} left.`,
    left: (time) => `${time} left to enter the number`,
  },
  comeBack: {
    title: 'Agreed on the phone',
    text: 'On the phone, press the button that leads back to this browser to finish.',
    orNumber: 'If that button opens another browser, come here and enter the number that the app shows.',
    left: (time) => `${time} left to come back`,
  },
  granted: {
    title: 'Done',
    text: (party) => `Taking you back to ${party}.`,
  },
  declined: {
    title: 'The request was declined',
    text: 'No data was shared.',
  },
  expired: {
    title: 'The code has run out',
    text: 'No data has been shared. You can make a new code and scan again.',
  },
  tooLate: {
    title: 'The request ran out of time',
    text: 'No data was shared. If you still need it, begin again on the site of whoever asks.',
  },
  cancelled: {
    title: 'The request was cancelled',
    text: 'No data was shared.',
    wrongNumbers:
      'A wrong number was entered three times, so the request cancelled itself. No data was shared.',
  },
  gone: {
    title: 'There is no request here',
    text: 'The request has ended, or it began in another browser. Opening this page shared no data.',
    next: 'If you still need it, begin again on the site of whoever asks.',
  },
  cancel: 'Cancel the request',
  cancelBusy: 'Cancelling',
  back: (party) => `Back to ${party}`,
};
