import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ChipGroups } from './chip-group.ts';
import { chipRefusals } from './chip-refusal.ts';
import type { ChipRefusalCode } from './chip-refusal.ts';
import { makeChip } from './synthetic/make-chip.ts';
import type { ChipFault, ChipTools, SyntheticChip } from './synthetic/make-chip.ts';
import {
  sampleAuthority,
  sampleHolder,
  sampleNow,
  samplePortrait,
  sampleTools,
} from './synthetic/sample-state.ts';
import { verifyChip } from './verify-chip.ts';
import type { ChipTerms, ChipVerdict } from './verify-chip.ts';

const challenge = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const terms: ChipTerms = {
  trust: sampleAuthority.trust(sampleNow),
  now: sampleNow,
  holder: { personalNumbers: [sampleHolder.personalNumber] },
};
const newCard = { ...sampleHolder, issueDate: '2025-03-04' };

function verify(
  { groups, answer }: SyntheticChip,
  changes: Partial<ChipTerms> = {},
  changed: ChipGroups = {},
): ChipVerdict {
  return verifyChip(
    { groups: { ...groups, ...changed }, challenge, response: answer(challenge) },
    { ...terms, ...changes },
  );
}

function make(
  fault: ChipFault | null = null,
  tools: Partial<ChipTools> = {},
  holder = sampleHolder,
): SyntheticChip {
  return makeChip(holder, samplePortrait, { ...sampleTools, ...tools }, fault);
}

function codeOf(verdict: ChipVerdict): ChipRefusalCode | null {
  return verdict.genuine ? null : verdict.code;
}

describe('a genuine chip', () => {
  it('is told for one, with what stands on it and who vouched', () => {
    expect(verify(make())).toMatchObject({
      genuine: true,
      mrz: { documentNumber: '188000101', dateOfBirth: '880514' },
      details: {
        personalNumber: sampleHolder.personalNumber,
        fullName: sampleHolder.fullName,
        dateOfBirth: '14/05/1988',
        relatives: sampleHolder.relatives,
        oldIdNumber: '970000118',
      },
      face: { format: 'JPEG', width: 240, height: 320, bytes: samplePortrait.bytes },
      evidence: { activeAuthentication: 'ECDSA', signature: 'RSA sha256', hash: 'sha256' },
    });
  });

  it.each([
    ['FIRST', 'RSA sha256', 2, sampleHolder],
    ['SECOND', 'RSA sha256', 3, newCard],
    ['PSS', 'RSA_PSS sha512', 3, newCard],
    ['ELLIPTIC', 'ECDSA sha384', 3, newCard],
  ] as const)(
    'is one by the signer %s, signed with %s, over %i certificates',
    (signer, signature, steps, holder) => {
      for (const kind of ['P_256', 'RSA_2048'] as const) {
        const verdict = verify(make(null, { signer, kind }, holder));
        expect(verdict).toMatchObject({
          genuine: true,
          evidence: { signature, activeAuthentication: kind === 'P_256' ? 'ECDSA' : 'RSA' },
        });
        expect(verdict.genuine && verdict.evidence.path).toHaveLength(steps);
      }
    },
  );

  it('is the same to the last byte whenever it is made', () => {
    expect(make()).toEqual({ ...make(), answer: expect.any(Function) });
  });

  it('is one under a number that has been replaced since, and as a card of somebody whose number does not matter', () => {
    const replaced = { personalNumbers: ['097188000999', sampleHolder.personalNumber] };
    expect(verify(make(), { holder: replaced }).genuine).toBe(true);
    expect(verify(make(), { holder: null }).genuine).toBe(true);
  });

  it('may have no last day, and counts through the last one it has', () => {
    const endless = { ...sampleHolder, expiryDate: null };
    expect(verify(make(null, {}, endless)).genuine).toBe(true);
    const [last, after] = [new Date('2028-05-14T16:59:59Z'), new Date('2028-05-14T17:00:00Z')];
    expect(codeOf(verify(make(), { now: last, trust: sampleAuthority.trust(last) }))).toBeNull();
    expect(codeOf(verify(make(), { now: after, trust: sampleAuthority.trust(after) }))).toBe(
      'CHIP_DOCUMENT_EXPIRED',
    );
  });
});

describe('a chip that is not what it seems', () => {
  it.each<[ChipFault, ChipRefusalCode, string | null]>([
    ['FORGED', 'CHIP_FORGED', 'DG13'],
    ['FACE_REPLACED', 'CHIP_FORGED', 'DG2'],
    ['WRONGLY_SIGNED', 'CHIP_SIGNATURE', 'SOD'],
    ['UNTRUSTED', 'CHIP_UNTRUSTED', 'SOD'],
    ['SIGNER_EXPIRED', 'CHIP_EXPIRED', 'SOD'],
    ['REVOKED', 'CHIP_REVOKED', 'SOD'],
    ['CLONED', 'CHIP_CLONED', 'DG15'],
    ['TRUNCATED', 'CHIP_MALFORMED', 'DG2'],
    ['STRIPPED', 'CHIP_INCOMPLETE', 'DG15'],
    ['CARD_EXPIRED', 'CHIP_DOCUMENT_EXPIRED', 'DG1'],
  ])('%s is refused with %s', (fault, code, group) => {
    for (const kind of ['P_256', 'RSA_2048'] as const)
      expect(verify(make(fault, { kind }))).toMatchObject({
        genuine: false,
        code,
        group,
        mend: chipRefusals[code],
      });
  });

  it('is refused as another person’s, however genuine', () => {
    const other = { ...sampleHolder, personalNumber: '097188000202' };
    expect(codeOf(verify(make(null, {}, other)))).toBe('CHIP_WRONG_PERSON');
    expect(
      verify(make(null, {}, other), { holder: { personalNumbers: [other.personalNumber] } }).genuine,
    ).toBe(true);
  });

  it('is refused with any one group of another genuine chip', () => {
    const other = make(null, {}, { ...newCard, personalNumber: '097188000202', dateOfBirth: '1990-01-02' });
    const portrait = { ...samplePortrait, bytes: Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 9, 9, 0xff, 0xd9) };
    const groups = {
      ...other.groups,
      DG2: makeChip(newCard, portrait, sampleTools).groups.DG2 as Uint8Array,
    };
    for (const name of ['DG1', 'DG2', 'DG13', 'DG15'] as const) {
      const verdict = verify(make(), {}, { [name]: groups[name] });
      expect(verdict, name).toMatchObject({ code: 'CHIP_FORGED', group: name });
    }
    expect(codeOf(verify(make(), {}, { SOD: groups.SOD as Uint8Array }))).toBe('CHIP_FORGED');
  });

  it('is refused with a changed file whose hash was changed in the signed list too', () => {
    const [genuine, forged] = [make().groups, make('FORGED').groups];
    const hash = (bytes: Uint8Array | undefined): string =>
      createHash('sha256')
        .update(bytes ?? '')
        .digest('hex');
    const list = Buffer.from(genuine.SOD ?? '').toString('hex');
    const SOD = Buffer.from(list.replace(hash(genuine.DG13), hash(forged.DG13)), 'hex');
    expect(SOD.toString('hex')).not.toBe(list);
    expect(codeOf(verify(make('FORGED'), {}, { SOD }))).toBe('CHIP_SIGNATURE');
  });

  it('is refused with the answer to another challenge: what was overheard proves nothing', () => {
    for (const kind of ['P_256', 'RSA_2048'] as const) {
      const { groups, answer } = make(null, { kind });
      const response = answer(Uint8Array.of(8, 7, 6, 5, 4, 3, 2, 1));
      expect(codeOf(verifyChip({ groups, challenge, response }, terms))).toBe('CHIP_CLONED');
    }
  });

  it('is refused with a challenge that is none', () => {
    const { groups, answer } = make();
    const short = challenge.slice(0, 7);
    expect(codeOf(verifyChip({ groups, challenge: short, response: answer(short) }, terms))).toBe(
      'CHIP_MALFORMED',
    );
  });
});

describe('what is never taken', () => {
  it('is fingerprints, irises and whatever we do not know', () => {
    for (const name of ['DG3', 'DG4', 'DG7', '__proto__x']) {
      const groups = { ...make().groups, [name]: Uint8Array.of(0x63, 0) };
      expect(codeOf(verifyChip({ groups, challenge, response: challenge }, terms)), name).toBe(
        'CHIP_GROUP_REFUSED',
      );
    }
  });

  it('is a group larger than such a group can be', () => {
    const DG13 = Uint8Array.from([0x6d, 0x82, 0x20, 0x00, ...Array(0x2000).fill(0)]);
    expect(codeOf(verify(make(), {}, { DG13 }))).toBe('CHIP_TOO_LARGE');
  });

  it('is a chip without one of the groups that are needed, or that were signed', () => {
    for (const name of ['COM', 'SOD', 'DG1', 'DG2', 'DG13', 'DG14', 'DG15'] as const) {
      const { [name]: _left, ...groups } = make().groups;
      const verdict = verifyChip({ groups, challenge, response: challenge }, terms);
      expect(verdict, name).toMatchObject({ code: 'CHIP_INCOMPLETE', group: name });
    }
  });

  it('is a group beside those that were signed, or a list that names others', () => {
    const { groups, answer } = make(null, { kind: 'RSA_2048' });
    const DG14 = make().groups.DG14 as Uint8Array;
    const beside = verifyChip({ groups: { ...groups, DG14 }, challenge, response: answer(challenge) }, terms);
    expect(beside).toMatchObject({ code: 'CHIP_FORGED', group: 'DG14' });
    const listed = { ...groups, COM: make().groups.COM as Uint8Array };
    const verdict = verifyChip({ groups: listed, challenge, response: answer(challenge) }, terms);
    expect(verdict).toMatchObject({ code: 'CHIP_FORGED', group: 'COM' });
  });
});
