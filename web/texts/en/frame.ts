import type { Texts } from '../texts.ts';

/** What stands around every screen, in English. */
export const frame: Texts['frame'] = {
  product: 'Định danh',
  tagline: 'What state databases hold on me',
  synthetic: 'Synthetic data: no person and no document here is real.',
  syntheticMark: 'Synthetic',
  skip: 'Skip to the main content',
  languages: 'Language',
  largeText: 'Large text',
  menu: 'Main menu',
  profile: 'Profile',
  wallet: 'Document wallet',
  dependants: 'Dependants',
  history: 'Access history',
  scan: 'Scan',
  consents: 'Sharing',
  organisations: 'Organisations',
  account: 'Account',
  signOut: 'Sign out',
  signedOut: 'You have signed out on this device.',
  retry: 'Try again',
  cancel: 'Cancel',
  close: 'Close',
  more: 'Show more',
  asking: 'Getting the data',
  askingSlow: 'Still waiting for the agency to answer. The other parts can be read meanwhile.',
  askingParts: (done, all) => `${done} of ${all} parts received`,
  notFound: 'There is no such page',
  toProfile: 'Back to the profile',
};

/** The sign-in screen, in English. */
export const signIn: Texts['signIn'] = {
  title: 'Sign in',
  intro: 'Use your electronic identification account. Your profile comes next.',
  number: 'Personal identification number',
  numberHint: 'The 12 digits on the identity card. Foreigners: your identification number for foreigners.',
  password: 'Password',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  withPasscode: 'Open sensitive details at once with the passcode',
  withPasscodeHint: 'Optional. You can enter it later, when you need it.',
  submit: 'Sign in',
  busy: 'Checking',
  wrong: 'The number or the password is not right. Please check and enter them again.',
  wrongPasscode: 'The passcode is not right. Enter it again, or untick the box to sign in without it.',
  limited: 'Too many attempts. To keep you safe, please wait before trying again.',
  limitedLeft: (time) => `Try again in ${time}`,
  empty: 'Enter your number and your password.',
  passcodeForm: 'The passcode has 6 digits.',
  expired: 'Your session has ended. Sign in again to go on.',
};

/** The passcode dialog, in English. */
export const passcode: Texts['passcode'] = {
  title: 'Enter your passcode',
  intro: 'The 6 digits open sensitive details for 5 minutes; then they lock again by themselves.',
  field: 'Passcode',
  submit: 'Unlock',
  busy: 'Checking',
  wrong: 'The passcode is not right. Please enter it again.',
  locked: 'Locked',
  open: 'Enter passcode',
  section: 'This part has sensitive details that open with your passcode.',
  openUntil: (time) => `Sensitive details are open and lock in ${time}`,
  unlocked: 'Sensitive details are open for 5 minutes.',
};

/** The account and its states, in English. */
export const account: Texts['account'] = {
  title: 'My account',
  status: 'State',
  level: 'Level of identification',
  levelValue: (level) => `Level ${level}`,
  activatedAt: 'Activated',
  approvedAt: 'Approved',
  phone: 'Phone for notices',
  email: 'E-mail',
  device: 'Bound device',
  deviceValue: (model, at) => `${model}, since ${at}`,
  lockTitle: 'Lock my account',
  lockIntro: 'Lock it at once if you lost your phone or card, or if somebody else seems to use your account.',
  lockNext: [
    'The account locks at once. Nobody can see the profile through it, not even you.',
    'Every other session sees only that it is locked, and why.',
    'How it is opened again depends on the reason you choose, and stands below each.',
  ],
  lockNextTitle: 'What will happen',
  lockReason: 'Reason',
  lockEnds: {
    LOST_DEVICE:
      'Opened again by a new proof of identity: the chip of your card and your face, or at the commune police. The passcode does not open it.',
    SUSPECTED_MISUSE:
      'Opened again by a new proof of identity: the chip of your card and your face, or at the commune police. The passcode does not open it.',
    OWNER_REQUEST: 'You can open it again at any time with your passcode.',
  },
  lockNotClosed:
    'The law knows no cancelling of an account. If you no longer want to use it, lock it: nobody can use it, and nothing else follows.',
  lockChoose: 'Please choose a reason.',
  lockSubmit: 'Lock my account',
  lockConfirmTitle: 'Lock the account now?',
  lockConfirmYes: 'Lock it now',
  lockBusy: 'Locking',
  lockedTitle: 'The account is locked',
  lockedIntro: 'While it is locked, nobody can see the profile through this account.',
  lockedReason: 'Reason',
  lockedAt: 'Locked',
  lockedNextTitle: 'What you can do',
  lockedNext: [
    'If you cannot open it here, go to the commune police or an identity card office with your card and ask to have it opened. It is free.',
    'If you did not ask for this and do not know the reason, ask there: who locked it must tell you.',
    'Your cards and papers are as valid as before.',
  ],
  guardianTitle: 'A guardian has to confirm',
  guardianIntro:
    'An account of somebody under 14 or under guardianship works only once a parent or guardian has confirmed it.',
  guardianNext:
    'Your parent or guardian can sign in with their own account and see your profile under Dependants.',
  staffTitle: 'A staff account',
  staffIntro: 'This is a staff account; it has no citizen’s profile. Sign out and use your personal account.',
  staffConsole: 'Auditors: open the page for auditing the log',
  startTitle: 'The account could not be opened',
};
