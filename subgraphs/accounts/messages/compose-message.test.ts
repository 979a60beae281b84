import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeMessage, sendByOf } from './compose-message.ts';
import type { MessageInputs, MessageKind, MessageLanguage } from './message.ts';
import { cutSegments, segmentsOf, withoutMarks } from './segments.ts';
import { englishTexts } from './texts-en.ts';
import { vietnameseTexts } from './texts-vi.ts';

const at = fc.date({
  min: new Date('2024-07-01T00:00:00Z'),
  max: new Date('2099-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const day = at.map((instant) => instant.toISOString().slice(0, 10));
const rejected = fc.constantFrom(
  'DATA_MISMATCH' as const,
  'PHOTO_QUALITY' as const,
  'FACE_MISMATCH' as const,
  'CHIP_INVALID' as const,
  'DOCUMENT_EXPIRED' as const,
  'NOT_ELIGIBLE' as const,
  'SUSPECTED_FRAUD' as const,
);
const level = fc.constantFrom(1 as const, 2 as const);
const nothing = fc.constant({});
const of = <Inputs extends object>(shape: { [Key in keyof Inputs]: fc.Arbitrary<Inputs[Key]> }) =>
  fc.record<Inputs>(shape);

/** Everything a message of each kind can be told. */
const inputs: { [Kind in MessageKind]: fc.Arbitrary<MessageInputs[Kind]> } = {
  OTP: of<MessageInputs['OTP']>({
    code: fc.stringMatching(/^\d{6}$/),
    purpose: fc.constantFrom(
      'REGISTRATION',
      'PHONE_CHANGE',
      'EMAIL_CONFIRMATION',
      'PASSWORD_RESET',
      'PASSCODE_RESET',
      'DEVICE_CHANGE',
    ),
    minutes: fc.integer({ min: 1, max: 10 }),
  }),
  REGISTRATION_RECEIVED: of<MessageInputs['REGISTRATION_RECEIVED']>({ dueOn: day }),
  REGISTRATION_APPROVED: of<MessageInputs['REGISTRATION_APPROVED']>({ level, activateBy: day }),
  REGISTRATION_REJECTED: of<MessageInputs['REGISTRATION_REJECTED']>({
    reason: rejected,
  }),
  ACTIVATION_DEADLINE: of<MessageInputs['ACTIVATION_DEADLINE']>({ activateBy: day }),
  ACTIVATION_LAPSED: nothing,
  ACCOUNT_ACTIVATED: nothing,
  REGISTRATION_FOR_NUMBER: of<MessageInputs['REGISTRATION_FOR_NUMBER']>({ at }),
  ACCOUNT_LOCKED: of<MessageInputs['ACCOUNT_LOCKED']>({
    reason: fc.constantFrom(
      'OWNER_REQUEST',
      'LOST_DEVICE',
      'SUSPECTED_MISUSE',
      'TERMS_BREACH',
      'DOCUMENT_EXPIRED',
      'CARD_WITHDRAWN',
      'DEATH',
      'AUTHORITY_REQUEST',
    ),
  }),
  ACCOUNT_UNLOCKED: nothing,
  ACCOUNT_CLOSED: nothing,
  LEVEL_CHANGED: of<MessageInputs['LEVEL_CHANGED']>({ level }),
  NEW_DEVICE_SIGN_IN: of<MessageInputs['NEW_DEVICE_SIGN_IN']>({ at }),
  DEVICE_CHANGE_ASKED: of<MessageInputs['DEVICE_CHANGE_ASKED']>({ effectiveAt: at }),
  DEVICE_CHANGE_READY: of<MessageInputs['DEVICE_CHANGE_READY']>({ activateBy: day }),
  DEVICE_CHANGED: of<MessageInputs['DEVICE_CHANGED']>({ at }),
  PHONE_CHANGE_ASKED: of<MessageInputs['PHONE_CHANGE_ASKED']>({ effectiveAt: at }),
  PHONE_CHANGED: nothing,
  CHANGE_REJECTED: of<MessageInputs['CHANGE_REJECTED']>({ reason: rejected }),
  CHANGE_LAPSED: nothing,
  EMAIL_CHANGED: nothing,
  PASSWORD_RESET_ASKED: nothing,
  PASSWORD_CHANGED: of<MessageInputs['PASSWORD_CHANGED']>({ at }),
  PASSCODE_CHANGED: of<MessageInputs['PASSCODE_CHANGED']>({ at }),
  NUMBER_REPLACED: nothing,
  CONSENT_GIVEN: of<MessageInputs['CONSENT_GIVEN']>({ at }),
  CONSENT_ENDED: of<MessageInputs['CONSENT_ENDED']>({ at }),
};

const kinds = Object.keys(inputs) as MessageKind[];
const languages: readonly MessageLanguage[] = ['vi', 'en'];
const cases = kinds.flatMap((kind) => languages.map((language) => [kind, language] as const));

function everyText(
  kind: MessageKind,
  language: MessageLanguage,
  judge: (text: string, subject: string) => void,
) {
  fc.assert(
    fc.property(inputs[kind], (drawn) => {
      const { text, subject } = composeMessage(kind, drawn as never, language);
      judge(text, subject);
    }),
  );
}

describe.each(cases)('a message %s in %s', (kind, language) => {
  it('holds no number of a person, no link and no password', () => {
    everyText(kind, language, (text, subject) => {
      for (const part of [text, subject]) {
        expect(part).not.toMatch(/\d{7,}|\d(?:[ .-]?\d){8,}/);
        expect(part).not.toMatch(/https?:|www\.|\.vn\b|\.com\b|@/i);
        expect(part).not.toMatch(/(mật khẩu|password)( mới)? ?(là|is|:)/i);
        expect(part).not.toMatch(/undefined|null|NaN|\[object/);
      }
    });
  });

  it('fits in a few segments, with marks and without', () => {
    everyText(kind, language, (text) => {
      const most = kind === 'OTP' ? 1 : 3;
      expect(segmentsOf(text).count, text).toBeLessThanOrEqual(most);
      const plain = segmentsOf(withoutMarks(text));
      expect(plain.alphabet).toBe('GSM7');
      expect(plain.count).toBeLessThanOrEqual(2);
    });
  });

  it('is written in its language', () => {
    everyText(kind, language, (text) => {
      expect(/[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹà-ý]/iu.test(text)).toBe(
        language === 'vi',
      );
    });
  });
});

describe('messages', () => {
  it('have every kind in both languages', () => {
    expect(Object.keys(vietnameseTexts).toSorted()).toEqual(kinds.toSorted());
    expect(Object.keys(englishTexts).toSorted()).toEqual(kinds.toSorted());
  });

  it('are not made at all where an input would bring a number in', () => {
    const smuggled = { code: '097090000001', purpose: 'REGISTRATION', minutes: 3 } as const;
    expect(() => composeMessage('OTP', smuggled, 'vi')).toThrow('invariant');
    expect(() => composeMessage('OTP', { ...smuggled, code: '097 090 000 001' }, 'en')).toThrow('invariant');
    expect(() => composeMessage('REGISTRATION_RECEIVED', { dueOn: '097090000001' }, 'vi')).toThrow(
      'invariant',
    );
  });

  it('tell times as they are in Viet Nam', () => {
    const { text } = composeMessage('PASSWORD_CHANGED', { at: new Date('2026-11-21T18:04:00Z') }, 'vi');
    expect(text).toContain('01:04 22/11/2026');
  });

  it('that are too late to say anything are not sent: a code after its three minutes', () => {
    const now = new Date('2026-11-21T03:00:00Z');
    expect(sendByOf('OTP', now)).toEqual(new Date('2026-11-21T03:03:00Z'));
    expect(sendByOf('ACCOUNT_LOCKED', now)).toEqual(new Date('2026-11-24T03:00:00Z'));
  });
});

describe('segments', () => {
  it.each([
    ['a', 0, 'GSM7', 1],
    ['a', 160, 'GSM7', 1],
    ['a', 161, 'GSM7', 2],
    ['a', 153 * 2 + 1, 'GSM7', 3],
    ['€', 80, 'GSM7', 1],
    ['€', 81, 'GSM7', 2],
    ['à', 160, 'GSM7', 1],
    ['ạ', 70, 'UCS2', 1],
    ['ạ', 71, 'UCS2', 2],
    ['ạ', 67 * 2 + 1, 'UCS2', 3],
    ['😀', 35, 'UCS2', 1],
  ])(
    'of a text of %s, %i times, are in %s and %i, as networks count them',
    (character, times, alphabet, count) => {
      expect(segmentsOf(character.repeat(times))).toEqual({ alphabet, count });
    },
  );

  it('put together are the text, and none is too long or cut through a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '€', 'ạ', '😀', '7'), maxLength: 400 }), (text) => {
        const parts = cutSegments(text);
        expect(parts.join('')).toBe(text);
        for (const part of parts) {
          expect(part.isWellFormed()).toBe(true);
          if (segmentsOf(text).alphabet === 'UCS2') expect(part.length).toBeLessThanOrEqual(70);
        }
      }),
    );
  });
});
