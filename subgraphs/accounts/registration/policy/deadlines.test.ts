import { describe, expect, it } from 'vitest';
import type { Registration } from '../registration.ts';
import { activateBy, deadlineFacts, dueAt } from '../registration-times.ts';
import { deadlineOn } from './deadlines.ts';
import type { DeadlineFacts } from './deadlines.ts';

const nobody: DeadlineFacts = {
  kind: 'CITIZEN',
  level: 1,
  hasCard: true,
  biometricsKnown: false,
  authenticated: false,
  isForeigner: false,
};
/** A Monday morning in Viet Nam. */
const received = new Date('2026-11-16T02:00:00Z');
const endOf = (day: string): Date => new Date(`${day}T17:00:00Z`);

const begun = {
  ...{ kind: 'CITIZEN', level: 1, channel: 'APP', identity: null, match: null },
  ...{ chip: null, biometrics: null, organisation: null },
} as unknown as Registration;
const atDesk = { channel: 'IN_PERSON', level: 2 } as const;
const foreignAtDesk = { ...atDesk, kind: 'FOREIGN_RESIDENT' } as const;
const organisation = { kind: 'ORGANISATION', level: null } as const;
const declared = (fields: object): Registration['identity'] => fields as Registration['identity'];

describe('deadlines, counted from the receipt of the file', () => {
  it.each<[string, Partial<DeadlineFacts>, string]>([
    ['R103 R104: a citizen with a chip card, level 1: one working day', {}, '2026-11-17'],
    ['R103 R104: a citizen with a chip card, level 2: three working days', { level: 2 }, '2026-11-19'],
    ['R105: a citizen without a chip card: seven working days', { level: 2, hasCard: false }, '2026-11-25'],
    [
      'R106: a foreigner, level 1: one working day',
      { kind: 'FOREIGN_RESIDENT', isForeigner: true },
      '2026-11-17',
    ],
    [
      'R107: a foreigner whom immigration knows, level 2: three working days',
      { kind: 'FOREIGN_RESIDENT', isForeigner: true, level: 2, biometricsKnown: true },
      '2026-11-19',
    ],
    [
      'R107: a foreigner who is new to it, level 2: seven working days',
      { kind: 'FOREIGN_RESIDENT', isForeigner: true, level: 2 },
      '2026-11-25',
    ],
    [
      'R108: an organisation that a national database has: three working days',
      { kind: 'ORGANISATION', level: null, authenticated: true },
      '2026-11-19',
    ],
    [
      'R109: an organisation that none has: fifteen days',
      { kind: 'ORGANISATION', level: null },
      '2026-12-01',
    ],
  ])('%s', (_, facts, day) => {
    expect(dueAt({ ...nobody, ...facts }, received)).toEqual(endOf(day));
  });

  it.each<[string, Partial<Registration>, string]>([
    ['R104: shown a chip card in the app', { chip: {} as never }, '2026-11-17'],
    [
      'R104: at a desk with a card',
      { ...atDesk, identity: declared({ issueDate: '2022-01-01' }) },
      '2026-11-19',
    ],
    ['R105: at a desk without a card', atDesk, '2026-11-25'],
    ['R106: a foreigner in the app', { kind: 'FOREIGN_RESIDENT' }, '2026-11-17'],
    [
      'R107: a foreigner whose face immigration has',
      { ...foreignAtDesk, biometrics: { same: true } as never },
      '2026-11-19',
    ],
    [
      'R107: a foreigner whose face it has not',
      { ...foreignAtDesk, biometrics: { same: null } as never },
      '2026-11-25',
    ],
    [
      'R107: a foreign child whose face it has not',
      { ...atDesk, kind: 'CHILD', match: { database: 'immigration' } as never },
      '2026-11-25',
    ],
    [
      'R108: a known organisation',
      { ...organisation, organisation: { authenticated: true } as never },
      '2026-11-19',
    ],
    [
      'R109: an unknown organisation',
      { ...organisation, organisation: { authenticated: false } as never },
      '2026-12-01',
    ],
  ])('%s: as its registration tells', (_, registration, day) => {
    expect(dueAt(deadlineFacts({ ...begun, ...registration }), received)).toEqual(endOf(day));
  });

  it('R21: an approved account is to be activated within seven days of the notice', () => {
    expect(activateBy(received)).toEqual(endOf('2026-11-23'));
  });

  it('R108 R109: what held on the day of an event counts, not what holds today', () => {
    expect(deadlineOn('ORGANISATION_AUTHENTICATED', '2022-05-01')?.days).toBe(1);
    expect(deadlineOn('ORGANISATION_AUTHENTICATED', '2022-10-20')).toMatchObject({
      days: 3,
      law: '59/2022/NĐ-CP Điều 17',
    });
    expect(deadlineOn('ORGANISATION_NEW', '2026-11-16')).toMatchObject({ days: 15, workingDays: false });
    expect(deadlineOn('CITIZEN_WITH_CARD_LEVEL_1', '2021-01-01')).toBeNull();
  });
});
