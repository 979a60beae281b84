import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatNote,
  formatVerifierKey,
  parseNote,
  parseVerifierKey,
  type Result,
  type SignedNote,
  signerKey,
  signNote,
  type VerifierKey,
  verifierOf,
  verifyNote,
} from './index.ts';
import { keyFromSeed, valueOf } from '../testing.ts';

const key = (text: string): VerifierKey => valueOf(parseVerifierKey(text));
const note = (text: string): Result<SignedNote> => parseNote(Buffer.from(text));

/** The seed inside `PRIVATE+KEY+<name>+<hash>+base64(type ‖ seed)`, as Go's sumdb/note writes it. */
const seedOf = (skey: string): Buffer =>
  Buffer.from(skey.split('+').slice(4).join('+'), 'base64').subarray(1);

/** golang.org/x/mod/sumdb/note, note_test.go. */
const peterKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const peterSecret = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const enochKey = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop';
const text =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const peterLine =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const enochLine =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';

/** A cosigned checkpoint made with github.com/transparency-dev/formats v0.1.1 (NewSignerForCosignatureV1). */
const vector = {
  logKey: 'example.com/vector-log+4516a1da+ARGkVJ4QEa2MOOLGBO6i7NVSJ1FQ97tIX+w+Ku0RZ6Em',
  logSecret: 'PRIVATE+KEY+example.com/vector-log+4516a1da+ARnX7cNOLM36CVoVFnmyY1Yp3SE+vpow5cbV4Sw8rjRE',
  witnessKey: 'witness.example.com/vector+416f103d+BK/QmJFVP3SKJOqAMhFxBQPtylo3sjwWibyFDAlZKK8B',
  witnessSecret:
    'PRIVATE+KEY+witness.example.com/vector+416f103d+BJEX3xv88eoQIKT4E+GkxZcXaJCYlQfi/GJ3NDFmZIW8',
  text: 'example.com/vector-log\n1234\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\n',
  logLine:
    '— example.com/vector-log RRah2qlLrSlk6J8DA1HmNewppUM15Quhs5cAIb1KjBsV3otVirJTW8AFVsQtJkTW1Zny7GuoAxZpI6bUPcpM68QOIgE=\n',
  witnessLine:
    '— witness.example.com/vector QW8QPQAAAABqwLUbDdj7sDNRIVjmjYgqFI6y4UJhPg/UAA8J8wAdqSd3q4PedRhkgXA4xFN/Jg5uWn7ZkBA+H/UHQs5d9hITdXmQAA==\n',
  timeSeconds: 1_791_014_171,
};

describe('keys', () => {
  test.each([peterKey, enochKey, vector.logKey, vector.witnessKey])('%s is read and written', (published) => {
    expect(formatVerifierKey(key(published))).toBe(published);
  });

  test('no part of a key string and no change of a letter is a key', () => {
    for (let start = 0; start < peterKey.length; start += 1) {
      for (let end = start + 1; end <= peterKey.length; end += 1) {
        const whole = start === 0 && end === peterKey.length;
        expect(parseVerifierKey(peterKey.slice(start, end)).ok).toBe(whole);
      }
      const letter = String.fromCodePoint((peterKey.codePointAt(start) ?? 0) + 1);
      expect(parseVerifierKey(peterKey.slice(0, start) + letter + peterKey.slice(start + 1)).ok).toBe(false);
    }
  });

  test.each([
    ['PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==', 'key-malformed'],
    ['PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'key-algorithm-unknown'],
    ['Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'key-malformed'],
    ['PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'key-malformed'],
    ['PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'key-id-mismatch'],
  ])('%s is refused', (published, fault) => {
    expect(parseVerifierKey(published)).toEqual({ ok: false, fault });
  });

  test('one public key has another id as a log than as a witness', () => {
    const seed = Buffer.alloc(32, 7);
    expect(keyFromSeed('example.com/x', seed, 'note').id).not.toBe(
      keyFromSeed('example.com/x', seed, 'cosignature').id,
    );
  });

  test.each(['', 'has space', 'has+plus', 'has\ttab', 'has\u00a0space', 'has\u0000zero', 'half\ud800'])(
    'nobody is called %j',
    (name) => {
      const { privateKey } = keyFromSeed('x', Buffer.alloc(32));
      expect(signerKey(name, privateKey, 'note').ok).toBe(false);
    },
  );
});

describe('signed notes of others', () => {
  test('are made byte for byte as Go makes them', () => {
    const signature = signNote(text, keyFromSeed('PeterNeumann', seedOf(peterSecret)));
    expect(formatNote({ text, signatures: [signature] })).toEqual({
      ok: true,
      value: `${text}\n${peterLine}`,
    });
  });

  test('hold under the keys that signed them; other signatures are passed over', () => {
    const both = valueOf(note(`${text}\n${peterLine}${enochLine}`));
    expect(both.text).toBe(text);
    const names = (keys: VerifierKey[]): string[] =>
      valueOf(verifyNote(both, keys)).map((one) => one.key.name);
    expect(names([key(peterKey)])).toEqual(['PeterNeumann']);
    expect(names([key(enochKey), key(peterKey)])).toEqual(['PeterNeumann', 'EnochRoot']);
    expect(verifyNote(both, [])).toEqual({ ok: false, fault: 'signature-missing' });
  });

  test('a line that is there twice counts once, and one key given twice is refused', () => {
    const twice = valueOf(note(`${text}\n${peterLine}${peterLine}${enochLine}${enochLine}`));
    expect(valueOf(verifyNote(twice, [key(peterKey)]))).toHaveLength(1);
    expect(verifyNote(twice, [key(enochKey), key(enochKey)])).toEqual({
      ok: false,
      fault: 'keys-not-distinct',
    });
  });

  test('a known signature that does not hold refuses the note, whoever else signed it', () => {
    const forged = `${peterLine.slice(0, 60)}ABCD${peterLine.slice(60)}`;
    const both = valueOf(note(`${text}\n${forged}${enochLine}`));
    expect(verifyNote(both, [key(peterKey), key(enochKey)])).toEqual({
      ok: false,
      fault: 'signature-invalid',
    });
    const changed = valueOf(note(`${text.replace('answer', 'question')}\n${peterLine}`));
    expect(verifyNote(changed, [key(peterKey)])).toEqual({ ok: false, fault: 'signature-invalid' });
  });

  test('sixteen signatures are read, a hundred and one are not', () => {
    expect(note(`${text}\n${peterLine.repeat(16)}`).ok).toBe(true);
    expect(note(`${text}\n${peterLine.repeat(101)}`)).toEqual({
      ok: false,
      fault: 'note-too-many-signatures',
    });
  });

  test.each([
    text,
    `${text}\n`,
    `${text}\n${peterLine.slice(0, -1)}`,
    `\u0001${text}\n${peterLine}`,
    `${text}\r\n${peterLine}`,
    `${text}\n— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`,
    `${text}\n${peterLine}Unexpected line.\n`,
    `${text}\n${peterLine.replace('—', '-')}`,
    `${text}\n${peterLine.replace('=', '')}`,
    `${text}\n${peterLine.replace('AM=', 'AN=')}`,
    `${text}\n— PeterNeumann x08gow==\n`,
    `${text}\n— Peter+Neumann x08go/ZJkuBS9UG=\n`,
  ])('%j is no note', (bad) => {
    expect(note(bad).ok).toBe(false);
  });

  test('bytes that are not UTF-8, and notes of more than a million bytes, are no notes', () => {
    expect(parseNote(Buffer.concat([Buffer.of(0xff), Buffer.from(`${text}\n${peterLine}`)]))).toEqual({
      ok: false,
      fault: 'note-not-utf8',
    });
    expect(note(`${'x'.repeat(1_000_000)}\n\n${peterLine}`)).toEqual({ ok: false, fault: 'note-too-large' });
  });

  test('the last empty line parts text and signatures', () => {
    expect(valueOf(note(`one\n\ntwo\n\n${peterLine}`)).text).toBe('one\n\ntwo\n');
  });
});

describe('cosignatures of others', () => {
  const whole = valueOf(note(`${vector.text}\n${vector.logLine}${vector.witnessLine}`));
  const keys = [key(vector.logKey), key(vector.witnessKey)];

  test('hold, and tell their time', () => {
    expect(valueOf(verifyNote(whole, keys)).map(({ timeSeconds }) => timeSeconds)).toEqual([
      null,
      vector.timeSeconds,
    ]);
  });

  test('are made byte for byte from the same key and time', () => {
    const log = signNote(vector.text, keyFromSeed('example.com/vector-log', seedOf(vector.logSecret)));
    const witness = keyFromSeed('witness.example.com/vector', seedOf(vector.witnessSecret), 'cosignature');
    const cosigned = signNote(vector.text, witness, vector.timeSeconds);
    expect(formatNote({ text: vector.text, signatures: [log, cosigned] })).toEqual({
      ok: true,
      value: `${vector.text}\n${vector.logLine}${vector.witnessLine}`,
    });
  });

  test('hold for no other time, text or role', () => {
    const [log, witness] = whole.signatures;
    if (log === undefined || witness === undefined) throw new Error('the vector has two signatures');
    for (const at of [0, 7, 8, 71]) {
      const signature = Buffer.from(witness.signature);
      signature[at] = (signature[at] ?? 0) ^ 1;
      const forged = { text: whole.text, signatures: [log, { ...witness, signature }] };
      expect(verifyNote(forged, keys).ok).toBe(false);
    }
    expect(verifyNote({ ...whole, text: whole.text.replace('1234', '1235') }, keys).ok).toBe(false);
    expect(
      verifyNote({ ...whole, signatures: [{ ...witness, signature: witness.signature.subarray(8) }] }, keys)
        .ok,
    ).toBe(false);
    const asLog = { ...witness, keyId: log.keyId, name: log.name };
    expect(verifyNote({ ...whole, signatures: [asLog] }, keys)).toEqual({
      ok: false,
      fault: 'signature-invalid',
    });
  });

  test('of a time beyond all clocks is refused, and none is made without a time', () => {
    const seed = Buffer.alloc(32, 9);
    const witness = keyFromSeed('w', seed, 'cosignature');
    const late = Buffer.concat([Buffer.alloc(8, 0x7f), Buffer.alloc(64)]);
    const signatures = [{ name: 'w', keyId: witness.id, signature: late }];
    expect(verifyNote({ text, signatures }, [verifierOf(witness)])).toEqual({
      ok: false,
      fault: 'timestamp-too-large',
    });
    for (const time of [null, -1, 1.5, Number.NaN, 2 ** 53])
      expect(() => signNote(text, witness, time)).toThrow(RangeError);
    expect(() => signNote(text, keyFromSeed('l', seed), 1)).toThrow(RangeError);
    expect(() => signNote('no newline', keyFromSeed('l', seed))).toThrow(RangeError);
  });
});

test('whatever can be written can be read, with the same text and signatures', () => {
  const line = fc.string({ unit: 'binary', maxLength: 20 }).map((one) => one.replaceAll(/\p{Cc}/gu, ''));
  const signature = fc.record({
    name: fc.stringMatching(/^[a-z0-9./é-]{1,20}$/u),
    keyId: fc.nat({ max: 0xffff_ffff }),
    signature: fc.uint8Array({ minLength: 1, maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
  });
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1 }),
      fc.array(signature, { minLength: 1 }),
      (lines, signatures) => {
        const whole = { text: `${lines.join('\n')}\n`, signatures };
        expect(note(valueOf(formatNote(whole)))).toEqual({ ok: true, value: whole });
      },
    ),
  );
  expect(formatNote({ text, signatures: [] }).ok).toBe(false);
  expect(formatNote({ text: 'no newline', signatures: [] }).ok).toBe(false);
});

test('no bytes whatever make the reader throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(typeof parseNote(Buffer.concat([Buffer.from(`${text}\n`), bytes])).ok).toBe('boolean');
    }),
  );
});
