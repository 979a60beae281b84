import type { vi } from './vi.ts';

/** The shape of a catalogue of the console: every language says all of it. */
export type ConsoleTexts = typeof vi;
