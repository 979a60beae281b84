import { attestHolder } from '@dinhdanh/kit';
import { describe, expect, test } from 'vitest';
import { anonymous } from '../caller.ts';
import type { Caller, KnownSubject } from '../caller.ts';
import type { Exchange } from '../exchange.ts';
import { openAttest } from './attest-records.ts';

const key = Buffer.alloc(32, 1);
const person: KnownSubject = {
  subject: 's_own',
  ids: {
    kind: 'CITIZEN',
    personalNumber: '097190000011',
    cancelledNumbers: ['097190000012', '097190000013'],
    oldIdNumber: '970000011',
    matchName: 'nguyen van an',
    dateOfBirth: '1990',
    passports: ['X0000001'],
  },
};
const ward: KnownSubject = {
  subject: 's_ward',
  ids: {
    ...person.ids,
    personalNumber: '097215000001',
    cancelledNumbers: [],
    oldIdNumber: null,
    passports: [],
  },
};
const caller: Caller = {
  ...anonymous,
  kind: 'person',
  self: person,
  dependants: [{ ...ward, id: 'relation' }],
};

/** Whether a record that carries the attestation of `identifier` for `jti` passes, asked of step 0 by the token `r.0.1`. */
function passes(identifier: string, { subject = 's_own', jti = 'r.0.1', by = key } = {}): boolean {
  const attest = openAttest({ caller } as Exchange, new Map([[0, 'r.0.1']]), { callerKey: () => key });
  const place = { service: 'vehicles', step: 0, typeName: 'Vehicle' };
  const named = subject === '' ? null : { __typename: 'Citizen', subject };
  return attest({ ...place, key: named, value: attestHolder(by, jti, identifier) });
}

describe('a record passes', () => {
  test.each(['097190000011', '097190000012', '097190000013', '970000011', 'X0000001'])(
    'with any number its subject ever had: %s',
    (identifier) => expect(passes(identifier)).toBe(true),
  );

  test('with a number of anybody the caller may read, where no subject was named', () => {
    expect([passes('X0000001', { subject: '' }), passes('097215000001', { subject: '' })]).toEqual([
      true,
      true,
    ]);
  });
});

describe('a record is refused', () => {
  test('that is a ward’s where oneself was asked for, and the other way round', () => {
    expect(passes('097215000001')).toBe(false);
    expect(passes('097190000011', { subject: 's_ward' })).toBe(false);
  });

  test('that is a stranger’s, or of a subject this caller may not read', () => {
    expect(passes('097190000099', { subject: '' })).toBe(false);
    expect(passes('097190000011', { subject: 's_stranger' })).toBe(false);
  });

  test('whose attestation belongs to an earlier attempt, or was made with another key', () => {
    expect(passes('097190000011', { jti: 'r.0.0' })).toBe(false);
    expect(passes('097190000011', { by: Buffer.alloc(32, 2) })).toBe(false);
  });

  test('that is attested by nothing', () => {
    const attest = openAttest({ caller } as Exchange, new Map([[0, 'r.0.1']]), { callerKey: () => key });
    const place = { service: 'vehicles', step: 0, typeName: 'Vehicle', key: null };
    expect([null, undefined, '', 7].map((value) => attest({ ...place, value }))).not.toContain(true);
  });
});

test('many records of one answer are each held against the same numbers, whichever comes first', () => {
  const attest = openAttest({ caller } as Exchange, new Map([[0, 'r.0.1']]), { callerKey: () => key });
  const ask = (identifier: string): boolean =>
    attest({
      ...{ service: 'vehicles', step: 0, typeName: 'Vehicle' },
      key: { __typename: 'Citizen', subject: 's_own' },
      value: attestHolder(key, 'r.0.1', identifier),
    });
  expect(['X0000001', '097190000011', '097190000099', '970000011', 'X0000001'].map(ask)).toEqual([
    true,
    true,
    false,
    true,
    true,
  ]);
});
