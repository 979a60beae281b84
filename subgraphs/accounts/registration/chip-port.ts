import { isGroupName } from '../chip/chip-group.ts';
import type { GroupName } from '../chip/chip-group.ts';
import type { ChipTrust } from '../chip/chip-trust.ts';
import { verifyChip } from '../chip/verify-chip.ts';
import type { GenuineChip } from '../chip/verify-chip.ts';
import { isoDate } from '../chip/personal-details.ts';
import type { ChipHolder, ReadChip, VerifyChip } from './ports.ts';

/** Checks chips against the authorities that are trusted. Without any every chip is one that cannot be checked now. */
export function openChipPort({ current }: { readonly current: ChipTrust['current'] }): VerifyChip {
  return async (chip, { personalNumber, now }) => {
    const trust = await current();
    if (trust === null) return { genuine: false, code: 'CHIP_LATER', mend: 'LATER' };
    const verdict = verifyChip(
      { groups: groupsOf(chip), challenge: chip.challenge, response: chip.signature },
      { trust, now, holder: { personalNumbers: [personalNumber] } },
    );
    if (!verdict.genuine) return { genuine: false, code: verdict.code, mend: verdict.mend };
    const { hashes } = verdict.evidence;
    return { genuine: true, holder: holderOf(verdict), face: verdict.face.bytes, hashes: { ...hashes } };
  };
}

function groupsOf({ files }: ReadChip): Partial<Record<GroupName, Uint8Array>> {
  const groups: Partial<Record<GroupName, Uint8Array>> = {};
  for (const [name, bytes] of files) if (isGroupName(name)) groups[name] = bytes;
  return groups;
}

function holderOf({ details, mrz }: GenuineChip): ChipHolder {
  const { personalNumber, fullName, dateOfBirth } = details;
  const sex = mrz.sex === null ? null : mrz.sex === 'M' ? 'MALE' : 'FEMALE';
  return { personalNumber, fullName, dateOfBirth: isoDate(dateOfBirth), sex };
}
