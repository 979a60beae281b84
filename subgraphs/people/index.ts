export { accessHistory } from './access-history.ts';
export type * from './access-history.ts';
export { cast, castOn, castPeople, castPeopleOn, persona } from './cast.ts';
export { everybody, type Everybody } from './everybody.ts';
export { organisations, taxCheckDigit } from './organisations.ts';
export type * from './organisations.ts';
export type * from './persona.ts';
export { swapTonePlacement, nameKey, plainCapitals, toneKey } from './name-key.ts';
export { ageBandOf, portrait, type AgeBand, type PortraitRequest } from './portrait.ts';
export type { Pixels } from './portrait-canvas.ts';
export { portraitPixels, portraitPng } from './portrait-photo.ts';
export { pngOf } from './portrait-png.ts';
export { drawVariation, NO_VARIATION, type PortraitVariation } from './portrait-variation.ts';
export {
  DEFAULT_SEED,
  people,
  type PeopleOptions,
  peopleOfHousehold,
  type PeopleRange,
  totalPeople,
} from './recipe.ts';
export type * from './records.ts';
export { SEED_TODAY, seedDayOn } from './seed-day.ts';
