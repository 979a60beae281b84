import type { ChipGroups } from '../chip/chip-group.ts';
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

/** All that was sent: a file that is never taken is refused by the chip room, and not left out here. */
function groupsOf({ files }: ReadChip): ChipGroups {
  return Object.fromEntries(files);
}

function holderOf({ details, mrz }: GenuineChip): ChipHolder {
  const { personalNumber, fullName, dateOfBirth } = details;
  const sex = mrz.sex === null ? null : mrz.sex === 'M' ? 'MALE' : 'FEMALE';
  return { personalNumber, fullName, dateOfBirth: isoDate(dateOfBirth), sex };
}
