import type { TestCaller } from '@dinhdanh/kit/testing';
import { numberOf, PEOPLE } from './log-search-data.ts';

/** A page as an answer holds it. */
export interface AnswerPage {
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Something that is looked for in the log. */
export interface Question {
  readonly name: string;
  readonly paged: boolean;
  readonly ask: (
    run: number,
    page: { after: string | null; first: number },
  ) => { query: string; variables: Readonly<Record<string, unknown>>; caller: TestCaller };
  // Answers are read as they come.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly read: (data: any) => AnswerPage;
}

const auditor = {
  act: { kind: 'auditor', id: 'auditor-1' },
  level: 2,
  case: 'TT-1',
} as TestCaller;

const ENTRY = `origin index time event outcome claims sources purpose legalBasis consentId refusal leafHash mine
  actor { kind name } `;
const LOG = `query ($filter: AccessLogFilter, $first: Int, $after: String) {
  accessLog(filter: $filter, first: $first, after: $after) {
    nodes { ${ENTRY} subjects caseId requestId } pageInfo { hasNextPage endCursor } } }`;
const HISTORY = `query ($first: Int, $after: String, $others: Boolean) {
  accessHistory(first: $first, after: $after, others: $others) {
    nodes { ${ENTRY} } pageInfo { hasNextPage endCursor } } }`;
const STATISTICS = `query ($from: Date, $to: Date) { accessStatistics(from: $from, to: $to) { total
  byDay { label count } byHour { label count } byClaim { label count } byOutcome { label count }
  actors(order: PEOPLE, first: 20) { actor { id name } reads people byHour } } }`;

/** Persons in turn, the often read and the seldom read. */
const personOf = (run: number): number => Math.floor(PEOPLE * ((run % 40) / 40) ** 1.5);

const inLog = (name: string, filter: (run: number) => Readonly<Record<string, unknown>>): Question => ({
  name,
  paged: true,
  ask: (run, page) => ({ query: LOG, variables: { ...page, filter: filter(run) }, caller: auditor }),
  read: (data) => data.accessLog,
});

const inHistory = (name: string, others: boolean): Question => ({
  name,
  paged: true,
  ask: (run, page) => ({
    query: HISTORY,
    variables: { ...page, others },
    caller: citizen(numberOf(personOf(run))),
  }),
  read: (data) => data.accessHistory,
});

const statistics = (name: string, from: string): Question => ({
  name,
  paged: false,
  ask: () => ({ query: STATISTICS, variables: { from, to: '2026-11-30' }, caller: auditor }),
  read: (data) => ({
    nodes: data.accessStatistics.actors,
    pageInfo: { hasNextPage: false, endCursor: null },
  }),
});

function citizen(number: string): TestCaller {
  return {
    act: { kind: 'person', id: 'p' },
    level: 1,
    subjects: [{ id: 'p', as: 'self', claims: ['access.history'] }],
    ids: {
      p: {
        ...{ kind: 'CITIZEN', personalNumber: number, cancelledNumbers: [], oldIdNumber: null },
        ...{ matchName: 'nguyen van thu', dateOfBirth: '1990-03-02', passports: [] },
      },
    },
  };
}

const YEARS_AGO = { from: '2022-03-01T00:00:00Z', to: '2022-04-01T00:00:00Z' };

/** What auditors and persons ask, the common and the awkward. */
export const questions: readonly Question[] = [
  inLog('everything', () => ({})),
  inLog('a month years ago', () => YEARS_AGO),
  inLog('one person by number', (run) => ({
    person: { number: numberOf(personOf(run)), reason: 'COMPLAINT' },
  })),
  inLog('one person, refused', (run) => ({
    person: { number: numberOf(personOf(run)), reason: 'COMPLAINT' },
    outcome: 'REFUSED',
  })),
  inLog('a busy relying party', (run) => ({ actorId: `rp-${run % 3}` })),
  inLog('a quiet relying party', (run) => ({ actorId: `rp-${280 + (run % 20)}` })),
  inLog('an officer', (run) => ({ actorId: `officer-${run}` })),
  inLog('an officer at night', (run) => ({ actorId: `officer-${run}`, atNight: true })),
  inLog('an officer, a rare claim', (run) => ({ actorId: `officer-${run}`, claim: 'biometrics.face' })),
  inLog('a busy relying party, a claim it never read', () => ({ actorId: 'rp-0', claim: 'biometrics.face' })),
  inLog('a busy relying party, refused', () => ({ actorId: 'rp-0', outcome: 'REFUSED' })),
  inLog('a busy relying party, years ago', () => ({ actorId: 'rp-0', ...YEARS_AGO })),
  inLog('a common claim', () => ({ claim: 'identity.basic' })),
  inLog('a claim with arguments', () => ({ claim: 'age.over' })),
  inLog('a rare claim', () => ({ claim: 'biometrics.face' })),
  inLog('officials', () => ({ actorKind: 'OFFICER' })),
  inLog('refused', () => ({ outcome: 'REFUSED' })),
  inLog('undelivered', () => ({ outcome: 'UNDELIVERED' })),
  inLog('released to officials', () => ({ outcome: 'RELEASED', actorKind: 'OFFICER' })),
  inLog('audit reads', () => ({ event: 'AUDIT_READ' })),
  inLog('without consent', () => ({ withoutConsent: true })),
  inLog('without consent at night', () => ({ withoutConsent: true, atNight: true })),
  inLog('at night', () => ({ atNight: true })),
  inLog('a consent', (run) => ({ consentId: `consent-${personOf(run) * 31 + 3}` })),
  inLog('a case', (run) => ({ caseId: `VA-${run * 400}` })),
  inLog('a case of auditors', (run) => ({ caseId: `TT-${run * 10}` })),
  inLog('a request there is none of', () => ({ requestId: '00000000-0000-4000-8000-000000000000' })),
  inHistory('a person’s own history', false),
  inHistory('a person’s own history, others only', true),
  statistics('statistics of a month', '2026-11-01'),
  statistics('statistics of five years', '2021-12-01'),
];
