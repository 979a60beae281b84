import type { ConsoleTexts } from '../console-texts.ts';

/** What stands around every screen of the console, in English. */
export const frame: ConsoleTexts['frame'] = {
  tagline: 'Auditing the access log',
  menu: 'Parts of the console',
  notAuditorTitle: 'The auditors’ page',
  notAuditor: 'This is not an auditor’s account, so it does not open the access log.',
  notAuditorNext: 'Sign out and use an auditor’s account, or go back to your profile.',
  toProfile: 'Back to my profile',
  readAt: (time) => `Figures read at ${time}`,
  readAgain: 'Read again',
  failed: 'The log could not be read',
  retryIn: (time) => `Try again in ${time}`,
  copy: 'Copy',
  copied: 'Copied',
  copyWhat: (what) => `Copy ${what}`,
  asking: 'Getting the data',
  askingSlow: 'The log is large and takes a little longer. You can wait here.',
  notFound: 'There is no such page',
  toOverview: 'Back to the overview',
};

/** Signing in as a member of staff, in English. */
export const signIn: ConsoleTexts['signIn'] = {
  title: 'Auditor sign-in',
  intro: 'Use your staff account. You will then be asked for your case reference.',
  username: 'Staff account name',
  wrong: 'The account name or the password is not right. Please check and enter them again.',
  empty: 'Enter your account name and your password.',
  passcodeAsked: 'The passcode of this account is asked for.',
};

/** The case reference, in English. */
export const cases: ConsoleTexts['cases'] = {
  title: 'Case reference',
  changeTitle: 'Change the case reference',
  intro: 'Nobody looks at the log without a reason. This reference goes with every look you take.',
  field: 'Reference of the case or of the inspection order',
  hint: 'For example: KT-2026/0417. 3 to 64 characters: plain letters, digits, full stops, dashes and /',
  formFault:
    'The reference has 3 to 64 characters: plain letters, digits and . _ / -, and begins with a letter or digit.',
  numberFault: 'The reference may not hold nine digits in a row: they could be somebody’s number.',
  refused: 'This reference was not accepted. Please give it again.',
  watched: 'Every look you take is itself written down; the person you search for will see it.',
  next: 'Next you will see an overview of the readings.',
  start: 'Begin the audit',
  change: 'Change',
  changeLabel: 'Change the case reference',
  current: 'Case',
  changeNext:
    'When the reference changes, what is shown is taken off the page and read again under the new one.',
};

/** Alerts, in English. */
export const alerts: ConsoleTexts['alerts'] = {
  title: 'Alerts',
  intro: 'What the log itself found amiss, newest first.',
  none: 'There are no alerts.',
  noneNext: 'The log is held all the time against what the agencies served. Anything amiss appears here.',
  toEntry: (index) => `Open entry ${index}`,
  toRequest: 'Search by the request',
  toLog: 'See how the log stands',
  count: (count) => `${count} times`,
  people: (count) => `${count} people`,
  service: 'Service',
  more: 'Show older alerts',
  end: 'End of the list.',
  severe: 'Severe',
  watch: 'To be looked at',
};

/** Words for the codes of the log, in English. */
export const codes: ConsoleTexts['codes'] = {
  actor: {
    PERSON: 'The person themself',
    REPRESENTATIVE: 'Representative',
    RELYING_PARTY: 'Relying party',
    OFFICER: 'Officer',
    AUDITOR: 'Auditor',
    APPLICANT: 'Applicant',
    AUTHORITY: 'Lawful authority',
    SYSTEM: 'System',
  },
  event: {
    READ: 'Data released',
    DENIED: 'Refused',
    ABORTED: 'Not delivered',
    AUDIT_READ: 'The log was read',
    CONSENT_CHANGE: 'Consent changed',
  },
  outcome: {
    RELEASED: 'Released',
    REFUSED: 'Refused',
    UNDELIVERED: 'Made ready, not delivered',
    RECORDED: 'Recorded',
  },
  reason: {
    COMPLAINT: 'The person complained',
    INSPECTION: 'Planned inspection',
    INCIDENT: 'Incident',
    COURT_ORDER: 'Asked by a procedural body',
  },
  alert: {
    SERVED_NOT_LOGGED: 'A source served data that the log does not know of',
    RECONCILIATION_LATE: 'A source could not be compared for too long',
    WITNESS_AWAY: 'No witness has signed for too long',
    WITNESS_REFUSED: 'A witness refused to sign: the log may have been rewritten',
    LOG_INCONSISTENT: 'Entries, tree and signatures do not fit together',
    ENTRY_ALTERED: 'An entry, or what it is found by, was altered',
    LOG_REWOUND: 'The database lost entries it had confirmed',
    WRITER_FENCED: 'Two writers of the log ran at once',
    NIGHT_READING: 'Somebody read many records at night',
    MANY_PEOPLE: 'Somebody read many people’s records in one day',
    REPORTED: 'A person reported a reading of their record',
  },
  service: {
    population: 'Population',
    immigration: 'Immigration',
    'driving-licences': 'Driving licences',
    vehicles: 'Vehicle registration',
    'social-insurance': 'Social insurance',
    accounts: 'Identification accounts',
    sharing: 'Data sharing',
    'access-log': 'Access log',
    gateway: 'Identification gateway',
  },
};
