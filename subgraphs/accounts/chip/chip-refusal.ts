import type { GroupName } from './chip-group.ts';

/** What can be done about a refusal, in the words of the person who holds the card. */
export type ChipMend =
  /** Hold the card still and read it anew. */
  | 'READ_AGAIN'
  /** Take one's own card, or one that is still in force. */
  | 'OTHER_CARD'
  /** Nothing at the telephone helps: have the card looked at where it was issued. */
  | 'AT_AN_OFFICE'
  /** The fault is ours: try later. */
  | 'LATER';

/** Why no chip was taken for genuine, each with what mends it. Codes are stable: screens, statistics and tests hold on to them. */
export const chipRefusals = {
  /** A group is not what ICAO Doc 9303-10 says it is. */
  CHIP_MALFORMED: 'READ_AGAIN',
  /** A group that is needed, or that the chip's own list names, was not sent. */
  CHIP_INCOMPLETE: 'READ_AGAIN',
  /** A group is larger than such a group can be. */
  CHIP_TOO_LARGE: 'READ_AGAIN',
  /** A group that is never taken was sent: fingerprints (DG3), irises (DG4), or one we do not know. */
  CHIP_GROUP_REFUSED: 'READ_AGAIN',
  /** A group is not the one whose hash was signed. */
  CHIP_FORGED: 'AT_AN_OFFICE',
  /** The signature over the hashes is not the signer's. */
  CHIP_SIGNATURE: 'AT_AN_OFFICE',
  /** No authority that we trust vouches for the signer, or not for signing cards of this state and kind. */
  CHIP_UNTRUSTED: 'AT_AN_OFFICE',
  /** The signer was not in force when it signed. */
  CHIP_EXPIRED: 'AT_AN_OFFICE',
  /** The signer, or who vouched for it, was revoked. */
  CHIP_REVOKED: 'AT_AN_OFFICE',
  /** No current list says who was revoked. */
  CHIP_REVOCATION_UNKNOWN: 'LATER',
  /** The chip does not hold the private key of its DG15: its data were copied. */
  CHIP_CLONED: 'AT_AN_OFFICE',
  /** Everything is genuine, and the groups contradict one another. */
  CHIP_INCONSISTENT: 'AT_AN_OFFICE',
  /** The card itself is past its last day. */
  CHIP_DOCUMENT_EXPIRED: 'OTHER_CARD',
  /** A genuine card of somebody else. */
  CHIP_WRONG_PERSON: 'OTHER_CARD',
} as const satisfies Record<string, ChipMend>;

/** One of the codes of {@link chipRefusals}. */
export type ChipRefusalCode = keyof typeof chipRefusals;

/**
 * How the checks of this room leave by the shortest way; `verifyChip` catches it and answers with a verdict, so nobody
 * outside sees it thrown. The message is for the log and never quotes what stood on a chip.
 */
export class ChipRefused extends Error {
  readonly code: ChipRefusalCode;
  readonly group: GroupName | null;

  constructor(code: ChipRefusalCode, why: string, group: GroupName | null = null) {
    super(why);
    this.code = code;
    this.group = group;
  }
}

/** Refuses. `why` is for the log, `group` for whoever has to read it anew. @throws ChipRefused always */
export function refuse(code: ChipRefusalCode, why: string, group: GroupName | null = null): never {
  throw new ChipRefused(code, why, group);
}

/** Runs a parser: whatever it stumbles over means that the group is malformed. @throws ChipRefused */
export function reading<T>(group: GroupName, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ChipRefused))
      throw new ChipRefused('CHIP_MALFORMED', error instanceof Error ? error.name : 'no error', group);
    throw error.group === null && error.code === 'CHIP_MALFORMED'
      ? new ChipRefused(error.code, error.message, group)
      : error;
  }
}
