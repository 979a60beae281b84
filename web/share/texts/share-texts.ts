import type { vi } from './vi.ts';

/** The shape of a catalogue of the page of a request: every language says all of it. */
export type ShareTexts = typeof vi;
