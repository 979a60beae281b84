import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshKey, jointKey, seal, unseal } from './detail-cipher.ts';

const key = freshKey();
const context = Buffer.from('request-1');

describe('sealing', () => {
  it('gives back what was sealed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        expect(unseal(seal(bytes, key, context), key, context)?.equals(Buffer.from(bytes))).toBe(true);
      }),
    );
  });

  it('gives nothing under another key, in another context, or after any change', () => {
    const sealed = seal(Buffer.from('detail'), key, context);
    expect(unseal(sealed, freshKey(), context)).toBeNull();
    expect(unseal(sealed, key, Buffer.from('request-2'))).toBeNull();
    for (const place of sealed.keys()) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
      expect(unseal(changed, key, context)).toBeNull();
      expect(unseal(sealed.subarray(0, place), key, context)).toBeNull();
    }
  });

  it('never gives the same bytes twice', () => {
    expect(seal(context, key, context)).not.toEqual(seal(context, key, context));
  });
});

describe('a joint key', () => {
  it('needs every key it was made of, in order', () => {
    const [one, other] = [freshKey(), freshKey()];
    const joint = jointKey([one, other]);
    expect(jointKey([one, other])).toEqual(joint);
    for (const keys of [[one], [other], [other, one], [one, freshKey()]]) {
      expect(jointKey(keys)).not.toEqual(joint);
    }
    expect(jointKey([one])).not.toEqual(one);
  });
});
