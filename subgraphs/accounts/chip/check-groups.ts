import { chipGroups, groupNames, isGroupName } from './chip-group.ts';
import type { ChipGroups, GroupName } from './chip-group.ts';
import { refuse } from './chip-refusal.ts';
import { readTlvAt } from './tlv.ts';

/** Without these nothing can be said of a chip. DG15 is among them, so that leaving it out never spares a copy its test. */
const needed: readonly GroupName[] = ['COM', 'SOD', 'DG1', 'DG2', 'DG13', 'DG15'];

/** The file of a chip that must be there. @throws ChipRefused `CHIP_INCOMPLETE` */
export function groupOf(groups: ChipGroups, name: GroupName): Uint8Array {
  return groups[name] ?? refuse('CHIP_INCOMPLETE', 'a file is missing', name);
}

/**
 * Looks at what was sent before anything is parsed: no file that is not read, none too large, each with its own tag and
 * length to the last byte, all there that is needed.
 *
 * @throws ChipRefused `CHIP_GROUP_REFUSED`, `CHIP_TOO_LARGE`, `CHIP_INCOMPLETE`, `CHIP_MALFORMED`
 */
export function checkGroups(groups: ChipGroups): void {
  for (const name of Object.keys(groups))
    if (!isGroupName(name)) refuse('CHIP_GROUP_REFUSED', 'a file that is not read');
  for (const name of needed) groupOf(groups, name);
  for (const name of groupNames) {
    const bytes = groups[name];
    if (bytes === undefined) continue;
    if (!(bytes instanceof Uint8Array)) refuse('CHIP_MALFORMED', 'no bytes', name);
    const { tag, most } = chipGroups[name];
    if (bytes.length > most) refuse('CHIP_TOO_LARGE', 'too large', name);
    const object = bytes.length === 0 ? null : readHeader(name, bytes);
    if (object?.tag !== tag || object.bytes.length !== bytes.length)
      refuse('CHIP_MALFORMED', 'another tag or length', name);
  }
}

function readHeader(name: GroupName, bytes: Uint8Array): ReturnType<typeof readTlvAt> {
  try {
    return readTlvAt(bytes, 0);
  } catch {
    return refuse('CHIP_MALFORMED', 'header', name);
  }
}

/** Base64url of the most bytes a file can have is no longer than this factor. */
const TEXT_PER_BYTE = 1.4;

/**
 * Takes the files of a chip from JSON, base64url without padding by their names. Whole files are looked at later, by
 * {@link checkGroups}.
 *
 * @throws ChipRefused `CHIP_GROUP_REFUSED`, `CHIP_TOO_LARGE`, `CHIP_MALFORMED`
 */
export function decodeGroups(wire: unknown): ChipGroups {
  if (typeof wire !== 'object' || wire === null || Array.isArray(wire))
    return refuse('CHIP_MALFORMED', 'no object');
  const groups: Partial<Record<GroupName, Uint8Array>> = {};
  for (const [name, text] of Object.entries(wire)) {
    if (!isGroupName(name)) return refuse('CHIP_GROUP_REFUSED', 'a file that is not read');
    if (typeof text === 'string' && text.length > chipGroups[name].most * TEXT_PER_BYTE)
      refuse('CHIP_TOO_LARGE', 'too large', name);
    groups[name] = decodeBytes(text) ?? refuse('CHIP_MALFORMED', 'no base64url', name);
  }
  return groups;
}

/** Bytes of base64url without padding in its one form (RFC 4648, 5); null for anything else. */
export function decodeBytes(text: unknown): Uint8Array | null {
  if (typeof text !== 'string') return null;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? new Uint8Array(bytes) : null;
}
