import { describe, expect, it } from 'vitest';
import type { AppendEntry } from './append-entry.ts';
import { makePseudonymous, prepareEntry } from './prepare-entry.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { readAppendEntry } from './read-append-entry.ts';

const entry: AppendEntry = {
  time: '2026-11-21T03:04:05.678Z',
  event: 'intent',
  actor: { kind: 'person', number: '097188000101', session: 'session-1' },
  subjects: ['097188000101'],
  purpose: 'profile_view',
  legalBasis: '59/2010/QH12 Điều 12',
  consentId: null,
  caseId: null,
  claims: ['identity.basic'],
  sources: ['population'],
  refusal: null,
  operationHash: null,
  policyVersion: '2026-11-01',
  requestId: 'request-1',
  level: 2,
  completes: null,
};

const officer = { kind: 'officer', id: 'staff-1', session: 's' };
const pseudonym = Buffer.alloc(32, 1).toString('base64url');

describe('an entry over the wire', () => {
  it.each<[string, Record<string, unknown>]>([
    ['as the gateway sends it', {}],
    ['of an officer', { actor: officer }],
    [
      'of a hotel by name',
      { actor: { kind: 'relying_party', id: 'hotel', session: null, name: 'Khách sạn Hoa Sen (Q. 1)' } },
    ],
    [
      'with all that may be there',
      {
        pseudonyms: [pseudonym],
        completesOrigin: 'log.test/2026h2',
        delayedDisclosure: true,
        caseId: 'case-2026/17',
        detail: { fields: ['person.fullName'], address: null, device: 'Chrome 140' },
      },
    ],
  ])('is taken %s', (_name, change) => {
    expect(readAppendEntry({ ...entry, ...change })).toEqual({ entry: { ...entry, ...change } });
  });

  it.each<[string, unknown]>([
    ['time', { ...entry, time: 1 }],
    ['subjects', { ...entry, subjects: ['97188000101'] }],
    ['subjects', { ...entry, subjects: [null] }],
    // oxlint-disable-next-line no-sparse-arrays
    ['subjects', { ...entry, subjects: [, '097188000101'] }],
    ['subjects', { ...entry, subjects: '097188000101' }],
    ['level', { ...entry, level: 3 }],
    ['completes', { ...entry, completes: -1 }],
    ['completes', { ...entry, completes: 0.5 }],
    ['caseId', { ...entry, caseId: 'case-097188000101' }],
    ['caseId', { ...entry, caseId: 'A B' }],
    ['pseudonyms', { ...entry, pseudonyms: ['097188000101'] }],
    ['delayedDisclosure', { ...entry, delayedDisclosure: 'true' }],
    ['detail', { ...entry, detail: { fields: [], address: null } }],
    ['detail', { ...entry, detail: { fields: [], address: null, device: null, name: 'x' } }],
    ['actor', { ...entry, actor: { kind: 'person', id: pseudonym, session: null } }],
    [
      'actor',
      { ...entry, actor: { kind: 'person', number: '097188000101', session: null, name: 'Nguyễn Văn An' } },
    ],
    ['actor', { ...entry, actor: { ...officer, number: '097188000101' } }],
    ['actor', { ...entry, actor: { kind: 'officer', session: null } }],
    ['actor', { ...entry, actor: { ...officer, name: 'Phòng 097188000101' } }],
    ['unknown', { ...entry, note: 'called by telephone' }],
    ['unknown', { ...entry, ['__proto__x']: 1 }],
    ['requestId', Object.fromEntries(Object.entries(entry).filter(([name]) => name !== 'requestId'))],
    ['entry', []],
    ['entry', null],
    ['entry', 'intent'],
  ])('is refused, naming %s', (field, value) => {
    expect(readAppendEntry(value)).toEqual({ field });
  });
});

describe('an entry made ready', () => {
  const pseudonyms = new Pseudonyms(Buffer.alloc(32, 1));
  const now = new Date('2026-11-21T03:04:05.678Z');
  const prepared = (change: Partial<AppendEntry>) => {
    const named = makePseudonymous({ ...entry, ...change }, pseudonyms, now);
    return 'refused' in named ? named : prepareEntry(named, []);
  };

  it.each<[Partial<AppendEntry>, string]>([
    [{}, 'released'],
    [{ event: 'denied', refusal: 'NOT_PERMITTED' }, 'refused'],
    [{ event: 'aborted', completes: 3 }, 'undelivered'],
    [{ event: 'consent-change' }, 'recorded'],
    [
      { event: 'audit-read', caseId: 'case-1', actor: { kind: 'auditor', id: 'a', session: null } },
      'released',
    ],
    [{ event: 'audit-read', caseId: 'case-1', refusal: 'NOT_FOUND' }, 'refused'],
  ])('%j ends %s', (change, outcome) => {
    expect(prepared(change)).toMatchObject({ facet: { outcome } });
  });

  it.each<[Partial<AppendEntry>, string]>([
    [{ time: '2026-11-21T03:04:10.679Z' }, 'TIME_IN_FUTURE'],
    [{ time: '2026-11-21' }, 'ENTRY_INVALID'],
    [{ time: 'yesterday' }, 'ENTRY_INVALID'],
    [{ time: '1999-01-01T00:00:00.000Z' }, 'TIME_TOO_OLD'],
    [{ event: 'denied' }, 'ENTRY_INVALID'],
    [{ refusal: 'NOT_PERMITTED' }, 'ENTRY_INVALID'],
    [{ event: 'aborted' }, 'ENTRY_INVALID'],
    [{ event: 'audit-read' }, 'ENTRY_INVALID'],
    [{ claims: ['Nguyễn Văn An'] }, 'ENTRY_INVALID'],
    [{ claims: Array.from({ length: 1000 }, (_, at) => `claim.${'x'.repeat(60)}${at}`) }, 'ENTRY_TOO_LONG'],
  ])('%j is refused as %s', (change, refused) => {
    expect(prepared(change)).toMatchObject({ refused });
  });

  it('has one facet, whatever order its claims and sources came in', () => {
    const one = prepared({ claims: ['b.c', 'a.b', 'b.c'], sources: ['vehicles', 'population'] });
    const other = prepared({
      claims: ['a.b', 'b.c'],
      sources: ['population', 'vehicles'],
      requestId: 'other',
    });
    expect('facetKey' in one && 'facetKey' in other && one.facetKey === other.facetKey).toBe(true);
  });

  it('has a salt of its own: the same entry twice has two leaf hashes', () => {
    const [one, other] = [prepared({}), prepared({})];
    expect('leafHash' in one && 'leafHash' in other && one.leafHash.equals(other.leafHash)).toBe(false);
  });
});
