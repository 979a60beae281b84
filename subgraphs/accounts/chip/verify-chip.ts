import { createHash, timingSafeEqual } from 'node:crypto';
import { checkAnswer, readChipKey } from './active-authentication.ts';
import type { ChallengeAnswer, ChipKey } from './active-authentication.ts';
import { checkGroups, groupOf } from './check-groups.ts';
import { checkSigner } from './check-signer.ts';
import type { SignerEvidence } from './check-signer.ts';
import { chipGroups, groupNames } from './chip-group.ts';
import type { ChipGroups, GroupName } from './chip-group.ts';
import { ChipRefused, chipRefusals, reading, refuse } from './chip-refusal.ts';
import type { ChipMend, ChipRefusalCode } from './chip-refusal.ts';
import { compareCommonFile, compareGroups, readCommonFile } from './ef-com.ts';
import { readFaceImage } from './face-image.ts';
import type { FaceImage } from './face-image.ts';
import { readMrz } from './mrz.ts';
import type { Mrz } from './mrz.ts';
import { isoDate, observedLayout, readPersonalDetails } from './personal-details.ts';
import type { DetailsLayout, PersonalDetails } from './personal-details.ts';
import { readSecurityInfos } from './security-infos.ts';
import { readSecurityObject } from './security-object.ts';
import type { SecurityObject } from './security-object.ts';
import { valueOf } from './tlv.ts';
import type { TrustStore } from './trust-store.ts';

export { openTrustStore } from './trust-store.ts';
export type { TrustSource, TrustStore } from './trust-store.ts';

/** A chip as a reader sent it, with its answer to the challenge it was given. */
export interface ChipReading extends ChallengeAnswer {
  readonly groups: ChipGroups;
}

/** Whose card it should be. */
export interface ExpectedHolder {
  /** The personal number, and numbers it took the place of, which older cards hold. */
  readonly personalNumbers: readonly string[];
}

/** What a chip is held against. */
export interface ChipTerms {
  readonly trust: TrustStore;
  readonly now: Date;
  /** Null where anybody's card will do. */
  readonly holder: ExpectedHolder | null;
  readonly layout?: DetailsLayout;
}

/** What may be kept of a check: hashes and names of keys, nothing of the person. */
export interface ChipEvidence extends SignerEvidence {
  /** Hash of each group that was read, hexadecimal, by its name. */
  readonly hashes: Readonly<Partial<Record<GroupName, string>>>;
  readonly hash: string;
  readonly signature: string;
  /** How the chip proved that it is no copy. */
  readonly activeAuthentication: ChipKey['kind'];
}

/** What a genuine card says. Not one field of it is kept by this room; the image by nobody. */
export interface GenuineChip {
  readonly genuine: true;
  readonly mrz: Mrz;
  readonly details: PersonalDetails;
  readonly face: FaceImage;
  readonly evidence: ChipEvidence;
}

/** Why a chip was not taken for genuine. */
export interface RefusedChip {
  readonly genuine: false;
  readonly code: ChipRefusalCode;
  /** The file it is about, where it is about one. */
  readonly group: GroupName | null;
  readonly mend: ChipMend;
  /** For the log; never quotes what stood on the chip. */
  readonly internal: string;
}

/** What became of a check. */
export type ChipVerdict = GenuineChip | RefusedChip;

/**
 * Verifies a chip: passive authentication (its groups are those that were signed, by a signer that was allowed to, ICAO
 * Doc 9303-11, 5), active authentication (it is no copy, 6.1), and that it is in force and the card of whom it should be.
 * Computes only; never throws, whatever the bytes are. What the order of checks decides is which of several reasons is
 * told: what nobody signed is never parsed further than to find the signature.
 */
export function verifyChip(chip: ChipReading, terms: ChipTerms): ChipVerdict {
  try {
    return check(chip, terms);
  } catch (error) {
    const known = error instanceof ChipRefused ? error : new ChipRefused('CHIP_MALFORMED', 'unforeseen');
    return {
      genuine: false,
      code: known.code,
      group: known.group,
      mend: chipRefusals[known.code],
      internal: known.message,
    };
  }
}

function check(chip: ChipReading, { trust, now, holder, layout = observedLayout }: ChipTerms): GenuineChip {
  const { groups } = chip;
  checkGroups(groups);
  const object = reading('SOD', () => readSecurityObject(groupOf(groups, 'SOD')));
  if (!object.isSigned) refuse('CHIP_SIGNATURE', 'the signature is not the signer\u2019s', 'SOD');
  // The kind of card decides who may sign it, so the zone is read before its hash is held against the signed one.
  const mrz = reading('DG1', () => readZone(groupOf(groups, 'DG1')));
  const signer = checkSigner(object, mrz.documentCode, trust, now);
  const hashes = checkHashes(groups, object);
  compareCommonFile(
    reading('COM', () => readCommonFile(groupOf(groups, 'COM'))),
    object,
  );
  const key = reading('DG15', () => readChipKey(groupOf(groups, 'DG15')));
  if (groups.DG14 !== undefined) reading('DG14', () => readSecurityInfos(groupOf(groups, 'DG14')));
  reading('DG14', () => checkAnswer(key, groups.DG14, chip));
  const details = reading('DG13', () => readPersonalDetails(groupOf(groups, 'DG13'), layout));
  const face = reading('DG2', () => readFaceImage(groupOf(groups, 'DG2')));
  checkAgreement(mrz, details, trust.issuingState);
  if (isPast(mrz.dateOfExpiry, now)) refuse('CHIP_DOCUMENT_EXPIRED', 'past its last day', 'DG1');
  if (holder !== null && !holder.personalNumbers.includes(details.personalNumber))
    refuse('CHIP_WRONG_PERSON', 'another personal number', 'DG13');
  const { scheme, hash } = object;
  return {
    genuine: true,
    mrz,
    details,
    face,
    evidence: {
      ...signer,
      hashes,
      hash,
      signature: `${scheme.kind} ${scheme.hash}`,
      activeAuthentication: key.kind,
    },
  };
}

/** DG1 (ICAO Doc 9303-10, 4.7.1): the three lines in one object. */
function readZone(file: Uint8Array): Mrz {
  const text = Buffer.from(valueOf(valueOf(file, 0x61), 0x5f1f)).toString('latin1');
  return readMrz(text) ?? refuse('CHIP_MALFORMED', 'machine readable zone', 'DG1');
}

/** Each group is the one that was signed. */
function checkHashes(groups: ChipGroups, object: SecurityObject): ChipEvidence['hashes'] {
  compareGroups(groups, object);
  const hashes: Partial<Record<GroupName, string>> = {};
  for (const name of groupNames) {
    const { number } = chipGroups[name];
    const bytes = groups[name];
    if (number === null || bytes === undefined) continue;
    const expected = object.hashes.get(number);
    const actual = createHash(object.hash).update(bytes).digest();
    if (expected?.length !== actual.length || !timingSafeEqual(expected, actual))
      refuse('CHIP_FORGED', 'another hash than was signed', name);
    hashes[name] = actual.toString('hex');
  }
  return hashes;
}

/**
 * The zone and the personal details tell of one person: the zone's number is the last nine digits of the personal number,
 * which stands whole in its optional places.
 */
function checkAgreement(
  mrz: Mrz,
  { personalNumber, dateOfBirth }: PersonalDetails,
  issuingState: string,
): void {
  if (mrz.issuingState !== issuingState) refuse('CHIP_INCONSISTENT', 'another state', 'DG1');
  const birth = isoDate(dateOfBirth);
  const isSameBirth = birth === null || mrz.dateOfBirth.startsWith(birth.slice(2, 4));
  const isSameDay =
    birth === null || birth.length === 4 || mrz.dateOfBirth === birth.slice(2).replaceAll('-', '');
  const [printed] = mrz.optional.split('<');
  if (
    mrz.documentNumber !== personalNumber.slice(-9) ||
    printed?.slice(0, 12) !== personalNumber ||
    !isSameBirth ||
    !isSameDay
  )
    refuse('CHIP_INCONSISTENT', 'two groups of two persons', 'DG13');
}

/** A card counts through its last day, as it is in Vietnam. Cards with chips are of this century, and so is their end. */
function isPast(expiry: string | null, now: Date): boolean {
  if (expiry === null) return false;
  const [year, month, day] = [expiry.slice(0, 2), expiry.slice(2, 4), expiry.slice(4)];
  const end = new Date(`20${year}-${month}-${day}T24:00:00+07:00`);
  return now.getTime() >= end.getTime();
}
