export { chipFaults, makeChip } from './make-chip.ts';
export type { ChipFault, ChipTools, SyntheticChip } from './make-chip.ts';
export { authorityKeys, ChipAuthority } from './chip-authority.ts';
export type { ChipSigner, KeySource, SignerName } from './chip-authority.ts';
export type { ChipHolder, ChipPortrait } from './chip-holder.ts';
export { deriveKey } from './derive-key.ts';
export type { KeyKind } from './derive-key.ts';
export { answerChallenge } from './answer-challenge.ts';
