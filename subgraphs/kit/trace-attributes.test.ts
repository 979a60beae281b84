import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { permitted, permittedName } from './trace-attributes.ts';

describe('what a span may say', () => {
  test('is kept as it is', () => {
    const attributes = {
      'http.request.method': 'POST',
      'http.route': '/resolve-caller',
      'http.response.status_code': 200,
      'graphql.operation.type': 'query',
      'graphql.document.hash': 'kU0gDmLqTqBwDqJ-3hrj6D0mmkEcPZFhTyM5xRLWJbQ',
      'peer.service': 'driving-licences',
      'db.system.name': 'postgresql',
      'db.query.summary': 'SELECT plates plate_attachments',
      'db.query.text': 'SELECT "t0"."ref" FROM "vehicles" AS "t0" WHERE "ref" IN ($1,$23) LIMIT ?',
      'dinhdanh.request.id': 'c8a3ee7e-9d6f-4a36-8f5e-4f0b9e1c7a55',
      'dinhdanh.step': 3,
      'dinhdanh.outcome': 'SOURCE_UNAVAILABLE',
    };
    expect(permitted(attributes)).toEqual(attributes);
  });

  test.each([
    ['http.route', '/share/8f2b1c'],
    ['http.route', '/people/097190000011'],
    ['http.request.method', '097190000011'],
    ['http.response.status_code', 97190000011],
    ['peer.service', 'Nguyễn Văn An'],
    ['peer.service', '29A12345'],
    ['db.query.text', "SELECT 1 FROM citizens WHERE name = 'NGUYEN VAN AN'"],
    ['db.query.text', 'SELECT a FROM citizens WHERE personal_number = 097190000011'],
    ['db.query.summary', 'SELECT 097190000011'],
    ['dinhdanh.request.id', '097190000011'],
    ['dinhdanh.step', 97190000011],
    ['dinhdanh.outcome', 'NGUYỄN VĂN AN'],
    ['client.address', '192.0.2.7'],
    ['user_agent.original', 'Mozilla/5.0'],
    ['enduser.id', '097190000011'],
    ['__proto__', 'x'],
    ['toString', 'x'],
  ])('anything else is left out: %s = %s', (key, value) => {
    expect(permitted(Object.fromEntries([[key, value]]))).toEqual({});
  });

  test('a number of a person or a phone fits in no attribute, and is no name of a span', () => {
    const keys = [
      'http.request.method',
      'http.route',
      'http.response.status_code',
      'graphql.operation.type',
      'graphql.document.hash',
      'peer.service',
      'db.query.summary',
      'db.query.text',
      'dinhdanh.request.id',
      'dinhdanh.step',
      'dinhdanh.outcome',
    ];
    const digits = fc.stringMatching(/^\d{9,13}$/);
    const around = fc.constantFrom('', '/', ' ', 'call ', 'POST /', "'", '+84');
    fc.assert(
      fc.property(fc.constantFrom(...keys), around, digits, (key, before, number) => {
        expect(permitted({ [key]: `${before}${number}` })).toEqual({});
        expect(permitted({ [key]: Number(number) })).toEqual(
          key.endsWith('step') && Number(number) <= 9_999 ? { [key]: Number(number) } : {},
        );
        expect(permittedName(`${before}${number}`)).toBe('other');
      }),
    );
  });
});

test('a span has the name of a route, a stage, a call or a statement, and no other', () => {
  for (const name of ['POST /graphql', 'stage record-access', 'call social-insurance', 'SELECT citizens'])
    expect(permittedName(name)).toBe(name);
  for (const name of ['Nguyễn Văn An', 'nguyen van an', 'GET /share/x9', 'call Nguyễn', 'SELECT "x"'])
    expect(permittedName(name)).toBe('other');
});
