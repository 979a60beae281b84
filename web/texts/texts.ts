import type { vi } from './vi.ts';

/** The shape of a catalogue: every language says all of it. */
export type Texts = typeof vi;
