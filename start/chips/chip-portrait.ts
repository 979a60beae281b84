import type { ChipPortrait } from '@dinhdanh/accounts/synthetic-chips';
import { ageBandOf, portraitPixels } from '@dinhdanh/people';
import type { PopulationRecord } from '@dinhdanh/people';
import { encode } from 'jpeg-js';

/** Good enough to tell faces apart, small enough for a chip: some ten kilobytes. */
const QUALITY = 85;

/** The picture on a person's chip: the portrait drawn for their card, as a JPEG. */
export function chipPortrait(
  { identityCard, dateOfBirth, sex }: PopulationRecord,
  today: string,
): ChipPortrait | null {
  if (identityCard === null) return null;
  const age = Number(today.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
  const request = { seed: identityCard.portraitSeed, sex, ageBand: ageBandOf(age) };
  const { width, height, data } = portraitPixels(request);
  const { data: jpeg } = encode({ width, height, data }, QUALITY);
  return { bytes: new Uint8Array(jpeg), width, height };
}
