import type { Language } from '../../format/language.ts';
import type { ConsoleTexts } from './console-texts.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';

/** The console's catalogue of each language. */
export const consoleCatalogues: Readonly<Record<Language, ConsoleTexts>> = { vi, en };
