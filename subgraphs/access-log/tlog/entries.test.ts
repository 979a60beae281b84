import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AccessLogEntry,
  canonicalJson,
  decodeEntry,
  encodeEntry,
  entryComplaints,
  leafHash,
} from './index.ts';

const pseudonym = Buffer.alloc(32, 1).toString('base64url');

const entry: AccessLogEntry = {
  version: 1,
  time: '2026-11-21T03:04:05.678Z',
  event: 'intent',
  actor: { kind: 'relying_party', id: 'hotel-demo', session: 'at-7f3c' },
  subjects: [pseudonym],
  purpose: 'hotel_check_in',
  legalBasis: '59/2010/QH12 Điều 12',
  consentId: 'consent-1',
  caseId: null,
  claims: ['age.over(years:18)', 'identity.basic'],
  sources: ['population'],
  outcome: 'released',
  refusal: null,
  operationHash: Buffer.alloc(32, 2).toString('base64url'),
  policyVersion: '2026-11-01',
  requestId: '0d3b1f6a-6c1e-4f0b-9b64-0d7cf2b5b3c1',
  level: 2,
  completes: null,
  delayedDisclosure: false,
  salt: Buffer.alloc(16, 3).toString('base64url'),
  detailHash: null,
};

describe('canonical JSON', () => {
  /** RFC 8785 §3.2.3: the names in the order of their UTF-16 code units, not of their code points. */
  test('sorts names as the RFC shows', () => {
    const names = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    const written = canonicalJson(names);
    expect(written.ok && Object.values(JSON.parse(written.value) as object).slice(1)).toEqual([
      'Carriage Return',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
    expect(
      written.ok && written.value.startsWith('{"\\r":"Carriage Return","1":"One","\u0080":"Control"'),
    ).toBe(true);
  });

  /** RFC 8785 §3.2.2.2 and §3.2.4: strings and literals of the RFC's example. */
  test('writes strings and literals as the RFC shows', () => {
    expect(
      canonicalJson({
        string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
        literals: [null, true, false],
      }),
    ).toEqual({
      ok: true,
      value: '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    });
  });

  test.each([
    ['a fraction', 1.5],
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['minus zero', -0],
    ['an integer beyond 2^53 − 1', 2 ** 53],
    ['half a character', 'a\ud800'],
    ['half a character in a name', { '\udc00': 1 }],
    ['undefined', { a: undefined }],
    ['a hole', Object.assign([], { 1: 1 })],
    ['a function', () => 1],
    ['a bigint', 1n],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['bytes', Buffer.alloc(1)],
    ['a symbol', { [Symbol('x')]: 1 }],
  ])('refuses %s', (_, value) => {
    expect(canonicalJson(value)).toEqual({ ok: false, fault: 'json-unsupported' });
  });

  test('refuses what is nested deeper than any entry', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    expect(canonicalJson(deep)).toEqual({ ok: false, fault: 'json-too-deep' });
  });

  test('means what it was given, and does not depend on the order of names', () => {
    const text = fc.string({ unit: 'binary' });
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.maxSafeInteger().filter((number) => !Object.is(number, -0)),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(text, tie('value'), { maxKeys: 5, noNullPrototype: true }),
      ),
    }));
    const reversed = (one: unknown): unknown => {
      if (Array.isArray(one)) return one.map(reversed);
      if (typeof one !== 'object' || one === null) return one;
      return Object.fromEntries(
        Object.entries(one)
          .toReversed()
          .map(([name, item]) => [name, reversed(item)]),
      );
    };
    fc.assert(
      fc.property(value, (one) => {
        const written = canonicalJson(one);
        expect(written.ok && (JSON.parse(written.value) as unknown)).toEqual(one);
        expect(canonicalJson(reversed(one))).toEqual(written);
      }),
    );
  });
});

describe('entries', () => {
  test('are read as they were written', () => {
    const bytes = encodeEntry(entry);
    expect(bytes.ok && decodeEntry(bytes.value)).toEqual({ ok: true, value: entry });
  });

  /** `encodeEntry` does not go through the general writer, which costs several times as much. */
  test('are written as RFC 8785 has it', () => {
    const id = fc.option(fc.stringMatching(/^[A-Za-z0-9._~:/@-]{1,50}$/));
    fc.assert(
      fc.property(id, id, fc.nat(), fc.boolean(), (consentId, caseId, number, flag) => {
        const one: AccessLogEntry = {
          ...entry,
          consentId,
          caseId,
          event: flag ? 'aborted' : 'intent',
          outcome: flag ? 'undelivered' : 'released',
          completes: flag ? number : null,
          delayedDisclosure: flag,
          requestId: `r-${number}`,
          actor: { session: caseId, id: 'hotel', kind: 'officer' },
        };
        const [bytes, written] = [encodeEntry(one), canonicalJson(one)];
        expect(bytes.ok && written.ok && bytes.value.toString() === written.value).toBe(true);
      }),
    );
  });

  test('have one leaf hash, which this pins: old entries must hash the same for ever', () => {
    const bytes = encodeEntry(entry);
    expect(bytes.ok && leafHash(bytes.value).toString('hex')).toMatchInlineSnapshot(
      `"60f0727034826d5131eeb11f315db0006afbd43a2d0f326cb47f578ee383c66a"`,
    );
  });

  test('are not read from other bytes of the same meaning', () => {
    const bytes = encodeEntry(entry);
    const text = bytes.ok ? bytes.value.toString() : '';
    const fault = (other: string): unknown => decodeEntry(Buffer.from(other));
    expect(fault(` ${text}`)).toEqual({ ok: false, fault: 'json-not-canonical' });
    expect(fault(JSON.stringify(entry))).toEqual({ ok: false, fault: 'json-not-canonical' });
    expect(fault(text.replace('"level":2', '"level":2.0'))).toEqual({
      ok: false,
      fault: 'json-not-canonical',
    });
    expect(fault(text.replace('"level":2', '"level":1,"level":2'))).toEqual({
      ok: false,
      fault: 'json-not-canonical',
    });
    expect(fault(text.replace('Điều', '\\u0110iều'))).toEqual({ ok: false, fault: 'json-not-canonical' });
    expect(fault(text.slice(0, -1))).toEqual({ ok: false, fault: 'json-unsupported' });
    expect(fault(text.replace('"level":2', '"level":3'))).toEqual({ ok: false, fault: 'entry-invalid' });
    expect(decodeEntry(Buffer.of(0xff))).toEqual({ ok: false, fault: 'json-unsupported' });
    expect(decodeEntry(Buffer.alloc(65_536, 0x20))).toEqual({ ok: false, fault: 'entry-too-long' });
  });

  test('of the largest kind still fit a bundle, or are refused', () => {
    const claims = (count: number): string[] =>
      Array.from(
        { length: count },
        (_, at) => `claim.${String.fromCodePoint(97 + (at % 26))}${'x'.repeat(60)}.n${at}`,
      ).toSorted();
    expect(encodeEntry({ ...entry, claims: claims(700) }).ok).toBe(true);
    expect(encodeEntry({ ...entry, claims: claims(1000) })).toEqual({ ok: false, fault: 'entry-too-long' });
  });

  test.each<[string, Partial<Record<keyof AccessLogEntry, unknown>>]>([
    ['version is 1.', { version: 2 }],
    ['time', { time: '2026-11-21T03:04:05Z' }],
    ['time', { time: '2026-02-30T03:04:05.678Z' }],
    ['time', { time: '2026-11-21T10:04:05.678+07:00' }],
    ['event', { event: 'read' }],
    ['actor is an object', { actor: [] }],
    ['actor.kind', { actor: { kind: 'robot', id: 'x', session: null } }],
    ['actor has no other fields', { actor: { ...entry.actor, name: 'Nguyễn Văn A' } }],
    ['actor.id of a private person', { actor: { kind: 'person', id: '097204000001', session: null } }],
    ['subjects', { subjects: ['097204000001'] }],
    ['subjects', { subjects: [pseudonym, pseudonym] }],
    ['purpose', { purpose: 'check on 097204000001' }],
    ['purpose', { purpose: 'case_097204000001' }],
    ['legalBasis', { legalBasis: 'thẻ 097204000001' }],
    ['claims', { claims: ['identity.basic', 'age.over'] }],
    ['claims', { claims: ['fullName: Nguyễn Văn A'] }],
    ['claims', { claims: ['identity.number(value:097204000001)'] }],
    ['claims', { claims: Object.assign([], { length: 1 }) }],
    ['sources', { sources: ['Population'] }],
    ['outcome', { outcome: 'recorded' }],
    ['outcome', { outcome: 'unknown' }],
    ['refusal', { refusal: 'NOT_PERMITTED' }],
    ['refusal', { event: 'denied', outcome: 'refused' }],
    ['completes', { completes: 5 }],
    ['completes', { event: 'aborted', outcome: 'undelivered' }],
    ['completes', { completes: -1 }],
    ['caseId', { event: 'audit-read' }],
    ['operationHash', { operationHash: 'abc' }],
    ['operationHash', { operationHash: `${pseudonym.slice(0, -1)}B` }],
    ['requestId', { requestId: '' }],
    ['level', { level: '2' }],
    ['delayedDisclosure', { delayedDisclosure: 0 }],
    ['salt', { salt: '' }],
    ['an entry has no other fields', { fullName: 'Nguyễn Văn A' } as object],
  ])('a sentence says what is wrong: %s', (start, change) => {
    const complaints = entryComplaints({ ...entry, ...change });
    expect(complaints).toHaveLength(1);
    expect(complaints[0]?.startsWith(start)).toBe(true);
    expect(complaints.join(' ')).not.toMatch(/Nguyễn|0972/);
    expect(encodeEntry({ ...entry, ...change } as AccessLogEntry)).toEqual({
      ok: false,
      fault: 'entry-invalid',
    });
  });

  test('of each event can be written', () => {
    const person = { kind: 'person', id: pseudonym, session: null } as const;
    for (const change of [
      { event: 'denied', outcome: 'refused', refusal: 'NOT_PERMITTED', claims: [], sources: [] },
      { event: 'aborted', outcome: 'undelivered', completes: 0 },
      { event: 'audit-read', outcome: 'released', caseId: 'case-2026-17' },
      { event: 'consent-change', outcome: 'recorded', actor: person },
      { event: 'intent', outcome: 'released', actor: person, delayedDisclosure: true, subjects: [] },
    ] as const) {
      expect(entryComplaints({ ...entry, ...change })).toEqual([]);
    }
  });

  test('that are no objects, or lack a field, are told so', () => {
    for (const value of [null, 1, 'x', [], undefined])
      expect(entryComplaints(value)).toEqual(['an entry is an object.']);
    const { salt: _, ...unsalted } = entry;
    expect(entryComplaints(unsalted)).toHaveLength(1);
  });
});
