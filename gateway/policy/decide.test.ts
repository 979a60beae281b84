import { expect, test } from 'vitest';
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
  ...given,
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
