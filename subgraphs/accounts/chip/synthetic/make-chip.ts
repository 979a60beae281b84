import type { KeyObject } from 'node:crypto';
import { chipGroups } from '../chip-group.ts';
import type { ChipGroups, GroupName } from '../chip-group.ts';
import { answerChallenge } from './answer-challenge.ts';
import type { ChipAuthority } from './chip-authority.ts';
import type { ChipHolder, ChipPortrait } from './chip-holder.ts';
import type { KeyKind } from './derive-key.ts';
import { signSecurityObject } from './sign-security-object.ts';
import type { SigningTerms } from './sign-security-object.ts';
import {
  writeChipKey,
  writeCommonFile,
  writeDetails,
  writeFace,
  writeSecurityInfos,
  writeZone,
} from './write-groups.ts';

/** What can be wrong with a chip that is made to be refused. */
export type ChipFault =
  /** DG13 names another address than was signed. */
  | 'FORGED'
  /** The picture in DG2 is another than was signed. */
  | 'FACE_REPLACED'
  /** Signed with another key than the signer's. */
  | 'WRONGLY_SIGNED'
  /** Signed by an authority that nobody listed, under the listed one's name. */
  | 'UNTRUSTED'
  /** Signed after the signer's time. */
  | 'SIGNER_EXPIRED'
  /** Signed by a signer that was revoked. */
  | 'REVOKED'
  /** All groups copied onto another chip, which has no key for them. */
  | 'CLONED'
  /** DG2 ends in the middle. */
  | 'TRUNCATED'
  /** DG15 left out, and no longer listed in EF.COM, to be spared the test of a copy. */
  | 'STRIPPED'
  /** Genuine, and past its last day. */
  | 'CARD_EXPIRED';

/** All of them, for lists to choose from. */
export const chipFaults: readonly ChipFault[] = [
  'FORGED',
  'FACE_REPLACED',
  'WRONGLY_SIGNED',
  'UNTRUSTED',
  'SIGNER_EXPIRED',
  'REVOKED',
  'CLONED',
  'TRUNCATED',
  'STRIPPED',
  'CARD_EXPIRED',
];

/** A chip, as a reader meets it. */
export interface SyntheticChip {
  readonly groups: ChipGroups;
  /** What the chip answers to a challenge of eight bytes. */
  readonly answer: (challenge: Uint8Array) => Uint8Array;
}

/** What a chip is made with. */
export interface ChipTools {
  readonly authority: ChipAuthority;
  /** The private key of a chip, by the number of its holder. */
  readonly chipKey: (personalNumber: string, kind: KeyKind) => KeyObject;
  /** Which signer, where it is not the one of the day the card was issued. */
  readonly signer?: Parameters<ChipAuthority['signer']>[0];
  /** What the chip proves itself with; an elliptic key unless told otherwise. */
  readonly kind?: Extract<KeyKind, 'P_256' | 'RSA_2048'>;
}

/** Offices open at nine in Vietnam: when cards of a day are signed. */
const SIGNING_HOUR = 'T02:00:00Z';
const LATE_SIGNING = new Date(`2025-03-03${SIGNING_HOUR}`);
const LONG_AGO = { issueDate: '2021-03-01', expiryDate: '2022-03-01' };

/**
 * Makes a chip for a person, with the picture of a face, genuine or with one fault. The same holder, picture and keys
 * give the same bytes wherever the signature has no chance in it (all genuine chips of the days' own signers).
 */
export function makeChip(
  holder: ChipHolder,
  portrait: ChipPortrait,
  tools: ChipTools,
  fault: ChipFault | null = null,
): SyntheticChip {
  const { authority, kind = 'P_256' } = tools;
  const owner = fault === 'CARD_EXPIRED' ? { ...holder, ...LONG_AGO } : holder;
  const key = tools.chipKey(owner.personalNumber, kind);
  const data: ChipGroups = {
    DG1: writeZone(owner),
    DG2: writeFace(portrait),
    DG13: writeDetails(owner),
    ...(kind === 'P_256' ? { DG14: writeSecurityInfos() } : {}),
    DG15: writeChipKey(key),
  };
  const signing = signingOf(owner, authority, fault, tools);
  const groups: ChipGroups = { COM: commonFileOf(data), SOD: signSecurityObject(data, signing), ...data };
  const heldKey = fault === 'CLONED' ? tools.chipKey(`${owner.personalNumber} copy`, kind) : key;
  return {
    groups: spoilt(groups, owner, portrait, fault),
    answer: (challenge) => answerChallenge(heldKey, challenge),
  };
}

function signingOf(
  { issueDate }: ChipHolder,
  authority: ChipAuthority,
  fault: ChipFault | null,
  { signer }: ChipTools,
): SigningTerms {
  const usual = signer === undefined ? authority.signerOn(issueDate) : authority.signer(signer);
  const signedAt = new Date(`${issueDate}${SIGNING_HOUR}`);
  switch (fault) {
    case 'WRONGLY_SIGNED':
      return { signer: usual, signedAt, key: authority.signer('FOREIGN').issuer.key };
    case 'UNTRUSTED':
      return { signer: authority.signer('FOREIGN'), signedAt };
    case 'SIGNER_EXPIRED':
      return { signer: authority.signer('EXPIRED'), signedAt: LATE_SIGNING };
    case 'REVOKED':
      return { signer: authority.signer('REVOKED'), signedAt };
    default:
      return { signer: usual, signedAt };
  }
}

/** What is done to a chip after it was signed. */
function spoilt(
  groups: ChipGroups,
  holder: ChipHolder,
  portrait: ChipPortrait,
  fault: ChipFault | null,
): ChipGroups {
  switch (fault) {
    case 'FORGED':
      return {
        ...groups,
        DG13: writeDetails({ ...holder, permanentResidence: 'Nhà khác, Xã Khác (giả lập)' }),
      };
    case 'FACE_REPLACED': {
      const bytes = Uint8Array.from([...portrait.bytes.slice(0, -2), 0, 0xff, 0xd9]);
      return { ...groups, DG2: writeFace({ ...portrait, bytes }) };
    }
    case 'TRUNCATED':
      return { ...groups, DG2: groups.DG2?.slice(0, Math.floor(groups.DG2.length / 2)) ?? new Uint8Array() };
    case 'STRIPPED': {
      const { DG15: _key, DG14: _infos, ...rest } = groups;
      return { ...rest, COM: commonFileOf(rest) };
    }
    default:
      return groups;
  }
}

function commonFileOf(data: ChipGroups): Uint8Array {
  const names = (Object.keys(data) as GroupName[]).filter((name) => chipGroups[name].number !== null);
  return writeCommonFile(names.map((name) => chipGroups[name].tag));
}
