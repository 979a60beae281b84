/** The files of a chip that are read, each with its tag (ICAO Doc 9303-10, 4.6 and 4.7) and the most it can hold, in bytes. */
export const chipGroups = {
  COM: { tag: 0x60, most: 128, number: null },
  SOD: { tag: 0x77, most: 32 * 1024, number: null },
  DG1: { tag: 0x61, most: 128, number: 1 },
  DG2: { tag: 0x75, most: 128 * 1024, number: 2 },
  DG13: { tag: 0x6d, most: 8 * 1024, number: 13 },
  DG14: { tag: 0x6e, most: 8 * 1024, number: 14 },
  DG15: { tag: 0x6f, most: 2 * 1024, number: 15 },
} as const;

/** The name of a file of a chip, as ICAO gives it. */
export type GroupName = keyof typeof chipGroups;

/** All that are read, in the order a reader plays them. */
export const groupNames = Object.keys(chipGroups) as readonly GroupName[];

/** The files of one chip as they were read. */
export type ChipGroups = Readonly<Partial<Record<GroupName, Uint8Array>>>;

/** Fingerprints and irises: signed by the chip's list, never read, never taken. */
export const biometricGroups: ReadonlySet<number> = new Set([3, 4]);

/** The name of a data group by its number; null for those that are not read. */
export function groupOfNumber(number: number): GroupName | null {
  return groupNames.find((name) => chipGroups[name].number === number) ?? null;
}

/** Tells whether a word names a file that is read. */
export function isGroupName(word: string): word is GroupName {
  return Object.hasOwn(chipGroups, word);
}
