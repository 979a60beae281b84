import type { Texts } from '../texts.ts';

/** The profile, in English. */
export const profile: Texts['profile'] = {
  title: 'My profile',
  titleOf: (name) => `Profile of ${name}`,
  greeting: (name) => `Hello, ${name}`,
  intro: 'This is what state databases hold on you. Each part names its source and when it was read.',
  sections: 'Parts of the profile',
  identity: 'Personal details',
  residence: 'Residence',
  family: 'Family and household',
  papers: 'Identity documents',
  driving: 'Driving licence',
  vehicles: 'Vehicles',
  insurance: 'Insurance',
  travel: 'Visas, entries and exits',
};

/** Sources, in English. */
export const source: Texts['source'] = {
  line: (database, agency) => `${database}, ${agency}`,
  label: 'Source',
  fetched: 'Read',
  verified: 'Last verified by the agency',
  assurance: 'How sure it is',
  missing: (agency) => `No data yet from ${agency}`,
  missingAll: 'No data yet',
  missingNext: 'The other parts of the profile are not affected.',
  missingValue: 'Not received',
  none: 'Not on record',
  noneTitle: (what) => `No ${what} on record`,
  noneNext: (agency) =>
    `If you think something is missing, contact ${agency}: only they can add or correct it.`,
  refusedValue: 'May not be seen',
  level: 'Level 2',
  levelSome: 'What is marked “Level 2” opens with a level 2 account.',
  levelAll: 'This part opens with a level 2 account.',
  levelTitle: 'Your account is at level 1',
  levelBody:
    'Level 2 opens: portrait, place of origin, family, driving licence, vehicles, insurance and the wallet. To get it, go to the commune police or an identity card office with your card; an officer compares your face and fingerprints. It usually takes 3 working days. Foreigners go to the immigration authority.',
  mismatchTitle: 'Two agencies have written different things',
  mismatchName: 'Full name',
  mismatchBirth: 'Date of birth',
  mismatchPopulation: 'National population database',
  mismatchNext: (agency) => `It is corrected by ${agency}. Bring your identity card.`,
  foreignHome: 'National immigration database',
  synthetic: 'Synthetic record',
};

/** The agencies, in English. */
export const agencies: Texts['agencies'] = {
  population: 'the national population database (commune police)',
  immigration: 'the national immigration database (Immigration Department)',
  'driving-licences': 'the driving licence database (Traffic Police Department)',
  vehicles: 'the vehicle registration database (Traffic Police Department)',
  'social-insurance': 'the insurance database (Viet Nam Social Security)',
  accounts: 'the electronic identification system',
  gateway: 'the identification gateway',
  'access-log': 'the access log',
};

/** Terms of identity, residence and family, in English. */
export const person: Texts['person'] = {
  fullName: 'Full name',
  otherName: 'Other name',
  number: 'Personal identification number',
  foreignNumber: 'Identification number of foreigners',
  showNumber: 'Show number',
  hideNumber: 'Hide number',
  numberHidden: (end) => `Hidden number, ending in ${end}`,
  birth: 'Date of birth',
  birthPartial: { year: 'only the year is known', month: 'only the month and year are known', day: '' },
  birthPartialNext: 'The commune police complete it when a card is made.',
  sex: 'Sex',
  nationality: 'Nationality',
  previousNumbers: 'Cancelled numbers',
  oldIdNumber: 'Number of the old identity card',
  placeOfBirth: 'Place of birth',
  birthRegistration: 'Birth registered at',
  origin: 'Place of origin',
  ethnicity: 'Ethnic group',
  religion: 'Religion',
  blood: 'Blood group',
  phone: 'Phone',
  email: 'E-mail',
  occupation: 'Occupation',
  status: 'State of the record',
  eid: 'Electronic identity',
  eidValue: (status, level) => (level === null ? status : `${status}, level ${level}`),
  portrait: 'Portrait (drawn, synthetic)',
  portraitMissing: 'No picture',
  permanent: 'Permanent residence',
  temporary: 'Temporary residence',
  temporaryUntil: (date) => `Registered until ${date}`,
  current: 'Lives now at',
  absence: 'Declared absence',
  absenceValue: (from, to) => (to === null ? `From ${from}` : `From ${from} to ${to}`),
  absenceTo: (place) => `Destination: ${place}`,
  absenceReason: (reason) => `Reason: ${reason}`,
  residenceFile: 'Number of the residence file',
  legacy: (address) => `On older papers: ${address}`,
  since: (date) => `Since ${date}`,
  foreignAddress: 'Address in Viet Nam',
  stayUntil: 'Stay certified until',
  marital: 'Marital status',
  relatives: 'Relatives',
  household: 'Household',
  head: 'Head of the household',
  relationToHead: 'Relation to the head',
  members: 'Members',
  noFamily: 'family details',
  foreignFamily: 'The immigration database holds no family details of foreigners.',
};

/** Dependants, in English. */
export const dependants: Texts['dependants'] = {
  title: 'Dependants',
  intro: 'People for whom the law lets you act. Choose one to see their profile.',
  none: 'No dependants are tied to this account.',
  noneNext:
    'Once a birth or a guardianship is in the population database, that person appears here by themselves.',
  open: (name) => `Open the profile of ${name}`,
  unnamed: 'Name not received',
  endsOn: (date) => `You act for them until the day before ${date}`,
  endless: 'No end is recorded',
  actingFor: (name) => `You are reading on behalf of ${name}. Each reading carries your name.`,
  back: 'Back to the dependants',
  gone: 'This dependant is no longer there. The relation may have ended.',
};

/** The wallet, in English. */
export const wallet: Texts['wallet'] = {
  title: 'Document wallet',
  intro:
    'Documents integrated into the account. They are read anew from the issuing agency each time; no copies are kept.',
  none: 'There are no documents in the wallet.',
  linkedAt: (date) => `Added ${date}`,
  pending: 'The issuing agency is verifying it. It appears here by itself when done.',
  rejected: 'The issuing agency could not confirm this document. Contact the office that issued it.',
  removed: 'The document was taken out of the wallet. The original is not affected.',
  documentGone: 'The issuing agency no longer has this document on record.',
};
