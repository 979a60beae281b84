import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCode } from './read-code.ts';

const origin = 'https://id.example';
const handle = 'h4ndleOfOneRequest0000';
const code = `${handle}.2n.q.AbCdEfGhIjKlMn-_`;

describe('what a scanned text is', () => {
  it('the link of our own origin is a code', () => {
    expect(readCode(`${origin}/#/share/${code}`, origin)).toEqual({ code, problem: null });
    expect(readCode(`  ${origin}/#/share/${code}\n`, origin, true)).toEqual({ code, problem: null });
  });

  it.each([
    `https://id.example.evil/#/share/${code}`,
    `https://id.example@evil.example/#/share/${code}`,
    `https://user:secret@id.example/#/share/${code}`,
    `http://id.example/#/share/${code}`,
    `https://id.example:8443/#/share/${code}`,
    `https://id.example/evil/#/share/${code}`,
    `https://id.example/?next=x#/share/${code}`,
    `https://id.example/#/account`,
    `javascript:alert(1)//#/share/${code}`,
    'https://bank.example/login',
    'WIFI:T:WPA;S:cafe;P:secret;;',
    '00020101021238570010A000000727',
    code,
  ])('%s is not ours', (text) => {
    expect(readCode(text, origin)).toEqual({ code: null, problem: 'FOREIGN' });
  });

  it.each([
    '',
    handle,
    `${handle}.2n.x.AbCdEfGhIjKlMn-_`,
    `${code}.more`,
    `${code}/more`,
    `${handle}.2N.q.short`,
  ])('our link with “%s” in it is not whole', (rest) => {
    expect(readCode(`${origin}/#/share/${rest}`, origin)).toEqual({ code: null, problem: 'BROKEN' });
  });

  it('typed by hand the bare code does, and nothing is told as nothing', () => {
    expect(readCode(` ${code} `, origin, true)).toEqual({ code, problem: null });
    expect(readCode('   ', origin, true)).toEqual({ code: null, problem: 'EMPTY' });
  });

  it('whatever is scanned, a code that comes out has the form of one and stood in a link of ours', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withFragments: true })), (text) => {
        const read = readCode(text, origin);
        const link = read.code === null ? null : `${origin}/#/share/${read.code}`;
        expect([null, text.trim()]).toContain(link);
      }),
    );
  });
});
