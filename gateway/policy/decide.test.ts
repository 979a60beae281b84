import { describe, expect, test } from 'vitest';
import type { Claim } from './claims.ts';
import { decide } from './decide.ts';
import type { PolicyCaller, Refusal } from './decide.ts';

const now = new Date('2026-11-21T03:00:00Z');

const who = (kind: string, given: Partial<PolicyCaller> = {}): PolicyCaller => ({
  kind,
  level: kind === 'person' ? 1 : 0,
  locked: false,
  guardianRequired: false,
  passcodeUntil: null,
  hasSelf: kind === 'person',
  hasCase: false,
  role: null,
  ...given,
});

const registration: Claim = { id: 'registration', self: 'LEVEL_1', share: 'NEVER', class: 'BASIC' };
const card: Claim = { id: 'card', self: 'LEVEL_1', share: 'ALLOWED', class: 'BASIC' };
const changes: Claim = { id: 'system.changes', self: 'NEVER', share: 'NEVER', class: 'BASIC' };

test.each<[string, PolicyCaller, Claim | null, string, Refusal | null]>([
  ['an applicant their registration', who('applicant'), registration, 'Query.registration', null],
  ['an applicant anybody’s record', who('applicant'), card, 'Query.person', 'LEVEL_REQUIRED'],
  ['an applicant what systems read', who('applicant'), changes, 'Query.accountsChanges', 'NOT_PERMITTED'],
  ['an applicant what is open', who('applicant'), null, 'Query.registrationRules', null],
  ['a person a registration they began', who('person'), registration, 'Query.registration', null],
  ['a stranger the beginning of one', who('anonymous'), null, 'Mutation.startRegistration', null],
  ['a stranger what stands in one', who('anonymous'), registration, 'Query.registration', 'UNAUTHENTICATED'],
  ['a stranger a step of one', who('anonymous'), null, 'Mutation.beginChipReading', 'UNAUTHENTICATED'],
  ['an officer', who('officer'), registration, 'Query.registration', 'NOT_PERMITTED'],
])('R99: registering: %s', (_, caller, claim, root, refusal) => {
  expect(decide(caller, { claim, around: null, root }, now)).toBe(refusal);
});

const withCase = { hasCase: true };
const [history, audit] = [
  { id: 'access.history', self: 'LEVEL_1', share: 'NEVER', class: 'BASIC' } as const,
  { id: 'access.audit', self: 'NEVER', share: 'NEVER', class: 'BASIC' } as const,
];

test.each<[string, PolicyCaller, typeof history | typeof audit, string, Refusal | null]>([
  ['a person their history', who('person'), history, 'Query.accessHistory', null],
  ['a person their notices', who('person'), history, 'Query.accessNotices', null],
  ['a person the proof of an entry', who('person'), history, 'Query.accessProof', null],
  ['a person what they reported', who('person'), history, 'Mutation.reportAccess', null],
  ['a person what they were shown', who('person'), history, 'Mutation.acknowledgeAccess', null],
  ['a person what auditors see', who('person'), audit, 'Query.accessHistory', 'NOT_PERMITTED'],
  ['a person the log', who('person'), history, 'Query.accessLog', 'NOT_PERMITTED'],
  ['a person the log, with a case', who('person', withCase), history, 'Query.accessLog', 'NOT_PERMITTED'],
  ['a locked person', who('person', { locked: true }), history, 'Query.accessHistory', 'ACCOUNT_LOCKED'],
  ['a minor', who('person', { guardianRequired: true }), history, 'Query.accessHistory', 'GUARDIAN_REQUIRED'],
  ['a person without a level', who('person', { level: 0 }), history, 'Query.accessHistory', 'LEVEL_REQUIRED'],
  ['nobody', who('anonymous', withCase), history, 'Query.accessHistory', 'UNAUTHENTICATED'],
  ['an officer', who('officer', withCase), history, 'Query.accessLog', 'NOT_PERMITTED'],
  ['a system', who('system', withCase), audit, 'Query.accessLog', 'NOT_PERMITTED'],
  ['an auditor without a case', who('auditor'), history, 'Query.accessLog', 'BAD_USER_INPUT'],
  [
    'an auditor the history of nobody',
    who('auditor', withCase),
    history,
    'Query.accessHistory',
    'NOT_PERMITTED',
  ],
  ['an auditor somewhere else', who('auditor', withCase), audit, 'Query.me', 'NOT_PERMITTED'],
  ...[
    'accessLog',
    'accessStatistics',
    'accessAlerts',
    'accessExport',
    'accessLogStatus',
    'accessProof',
  ].flatMap((root) =>
    [history, audit].map(
      (claim) =>
        [`an auditor ${claim.id} below ${root}`, who('auditor', withCase), claim, `Query.${root}`, null] as [
          string,
          PolicyCaller,
          typeof history | typeof audit,
          string,
          null,
        ],
    ),
  ),
])('who may read %s', (_what, caller, claim, root, decision) => {
  expect(decide(caller, { claim, around: null, root }, now)).toBe(decision);
  // What is open inside such a record is decided alike.
  expect(decide(caller, { claim: null, around: claim, root }, now)).toBe(
    caller.kind === 'anonymous' ? 'UNAUTHENTICATED' : decision,
  );
});

test('no root of the log is anything but the log’s: a wrong name in the lists would show here', () => {
  const basic = { id: 'identity.basic', self: 'LEVEL_1', share: 'ALLOWED', class: 'BASIC' } as const;
  expect(decide(who('auditor', withCase), { claim: basic, around: null, root: 'Query.accessLog' }, now)).toBe(
    'NOT_PERMITTED',
  );
});

describe('what sharing holds', () => {
  const party = { id: 'party', self: 'LEVEL_2', share: 'NEVER', class: 'BASIC' } as const;
  const request = { ...party, id: 'share.request' } as const;
  const consent = { ...party, id: 'consent', self: 'LEVEL_1' } as const;
  const operator = who('officer', { role: 'OPERATOR' });
  const second = { level: 2 } as const;
  test.each<[string, PolicyCaller, Claim, string, Refusal | null]>([
    ['a person of level 2 a request', who('person', second), request, 'Query.shareRequest', null],
    ['a person of level 1 a request', who('person'), request, 'Mutation.claimShare', 'LEVEL_REQUIRED'],
    [
      'a locked person a request',
      who('person', { ...second, locked: true }),
      request,
      'Mutation.decideShare',
      'ACCOUNT_LOCKED',
    ],
    ['nobody a request', who('anonymous'), request, 'Mutation.claimShare', 'UNAUTHENTICATED'],
    ['a person of level 1 a consent', who('person'), consent, 'Query.consent', null],
    ['a relying party a consent', who('relying_party', second), consent, 'Query.consent', 'NOT_PERMITTED'],
    ['an operator a consent', operator, consent, 'Query.consent', 'NOT_PERMITTED'],
    ['an auditor a consent', who('auditor', withCase), consent, 'Query.consent', 'NOT_PERMITTED'],
    ['a system a consent', who('system'), consent, 'Query.consent', 'NOT_PERMITTED'],
    ['a person their registration', who('person', second), party, 'Query.relyingParties', null],
    ['a person of level 1 a registration', who('person'), party, 'Query.relyingParties', 'LEVEL_REQUIRED'],
    [
      'a person the applications',
      who('person', second),
      party,
      'Query.relyingPartyApplications',
      'NOT_PERMITTED',
    ],
    ['a person the decision', who('person', second), party, 'Mutation.decideRelyingParty', 'NOT_PERMITTED'],
    ['an operator the applications', operator, party, 'Query.relyingPartyApplications', null],
    ['an operator the decision', operator, party, 'Mutation.decideRelyingParty', null],
    [
      'a locked operator',
      { ...operator, locked: true },
      party,
      'Mutation.decideRelyingParty',
      'ACCOUNT_LOCKED',
    ],
    [
      'another officer',
      who('officer', { role: 'OFFICER' }),
      party,
      'Mutation.decideRelyingParty',
      'NOT_PERMITTED',
    ],
    [
      'an auditor called operator',
      who('auditor', { ...withCase, role: 'OPERATOR' }),
      party,
      'Mutation.decideRelyingParty',
      'NOT_PERMITTED',
    ],
    [
      'an operator the registration itself',
      operator,
      party,
      'Mutation.registerRelyingParty',
      'NOT_PERMITTED',
    ],
    [
      'an operator a person',
      operator,
      { ...party, id: 'identity.basic' },
      'Query.relyingPartyApplications',
      'NOT_PERMITTED',
    ],
  ])('who may read %s', (_what, caller, claim, root, decision) => {
    expect(decide(caller, { claim, around: null, root }, now)).toBe(decision);
    expect(decide(caller, { claim: null, around: claim, root }, now)).toBe(decision);
  });
});

const match: Claim = { id: 'registration.match', self: 'NEVER', share: 'NEVER', class: 'BASIC' };
const roots = ['Query.matchCitizen', 'Query.matchForeignResident'];

describe('how far a declaration matches', () => {
  const onBehalf = who('applicant', { hasSelf: true });

  test('is told to whom accounts asks for on behalf of a registration', () => {
    for (const root of roots) {
      expect(decide(onBehalf, { claim: match, around: null, root }, now)).toBeNull();
      expect(decide(onBehalf, { claim: null, around: match, root }, now)).toBeNull();
    }
  });

  test.each([
    ...['person', 'representative', 'relying_party', 'officer', 'auditor', 'authority', 'system'],
    // Somebody who registers, by their own session: accounts does not vouch for what such a request asks.
    'applicant',
  ])('is never told to %s', (kind) => {
    for (const given of [{}, { level: 2, passcodeUntil: new Date('2026-11-21T04:00:00Z') }] as const) {
      const caller = who(kind, { hasCase: true, role: 'OPERATOR', ...given });
      for (const root of roots)
        expect(decide(caller, { claim: match, around: null, root }, now)).toBe('NOT_PERMITTED');
    }
  });

  test('is never told to a stranger', () => {
    const leaf = { claim: match, around: null, root: 'Query.matchCitizen' };
    expect(decide(who('anonymous'), leaf, now)).toBe('UNAUTHENTICATED');
  });

  test('is all that is told on behalf of a registration: not what is open, nor another claim below its root', () => {
    const basic: Claim = { id: 'identity.basic', self: 'LEVEL_1', share: 'ALLOWED', class: 'BASIC' };
    const others = [
      ...['Query.person', 'Query.me', 'Query.populationChanges', 'Query.accessHistory', 'Query.__typename'],
      ...['Mutation.signIn', 'Mutation.signOut', 'Mutation.lockAccount'],
    ];
    for (const root of others) {
      for (const claim of [basic, match, null])
        expect(decide(onBehalf, { claim, around: null, root }, now)).toBe('NOT_PERMITTED');
    }
    expect(decide(onBehalf, { claim: basic, around: null, root: 'Query.matchCitizen' }, now)).toBe(
      'NOT_PERMITTED',
    );
    expect(decide(onBehalf, { claim: null, around: null, root: 'Query.matchCitizen' }, now)).toBe(
      'NOT_PERMITTED',
    );
  });
});
