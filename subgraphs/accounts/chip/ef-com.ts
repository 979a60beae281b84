import { refuse } from './chip-refusal.ts';
import { chipGroups, groupNames } from './chip-group.ts';
import type { ChipGroups } from './chip-group.ts';
import type { SecurityObject } from './security-object.ts';
import { malformed, readTlvs, valueAmong, valueOf } from './tlv.ts';

/** EF.COM (ICAO Doc 9303-10, 4.6.1): versions, and which groups are there. Nothing signs it. */
export interface CommonFile {
  readonly lds: string;
  readonly unicode: string;
  /** Tags of data groups. */
  readonly tags: ReadonlySet<number>;
}

const TAG = 0x60;
const LDS_VERSION = 0x5f01;
const UNICODE_VERSION = 0x5f36;
const TAG_LIST = 0x5c;
/** Data groups 1 to 16, by their tags (ICAO Doc 9303-10, table 37). */
const DATA_GROUPS = [
  0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70,
] as const;

/** Reads EF.COM. @throws ChipRefused `CHIP_MALFORMED` */
export function readCommonFile(file: Uint8Array): CommonFile {
  const objects = readTlvs(valueOf(file, TAG));
  const digits = (tag: number, length: number): string => {
    const text = Buffer.from(valueAmong(objects, tag)).toString('latin1');
    if (text.length !== length || !/^\d+$/.test(text)) throw malformed('a version');
    return text;
  };
  const list = valueAmong(objects, TAG_LIST);
  const tags = new Set(list);
  if (objects.length !== 3 || tags.size !== list.length) throw malformed('another object');
  return { lds: digits(LDS_VERSION, 4), unicode: digits(UNICODE_VERSION, 6), tags };
}

/**
 * What the chip says it holds is what was signed, no more and no less: a group that is kept back, or put beside, shows.
 *
 * @throws ChipRefused `CHIP_FORGED`
 */
export function compareCommonFile(file: CommonFile, { hashes, versions }: SecurityObject): void {
  const signed = new Set([...hashes.keys()].map((number) => DATA_GROUPS[number - 1]));
  const isSame = signed.size === file.tags.size && [...file.tags].every((tag) => signed.has(tag as never));
  const isSameVersion = versions === null || (versions.lds === file.lds && versions.unicode === file.unicode);
  if (!isSame || !isSameVersion) refuse('CHIP_FORGED', 'it lists what was not signed', 'COM');
}

/** Every group that was signed and is read by us was sent, and none beside. @throws ChipRefused `CHIP_INCOMPLETE`, `CHIP_FORGED` */
export function compareGroups(groups: ChipGroups, { hashes }: SecurityObject): void {
  for (const name of groupNames) {
    const { number } = chipGroups[name];
    if (number === null) continue;
    const [isSent, isSigned] = [groups[name] !== undefined, hashes.has(number)];
    if (isSigned && !isSent) refuse('CHIP_INCOMPLETE', 'a signed group is missing', name);
    if (isSent && !isSigned) refuse('CHIP_FORGED', 'a group that was not signed', name);
  }
}
