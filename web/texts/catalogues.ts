import type { Language } from '../format/language.ts';
import { en } from './en.ts';
import type { Texts } from './texts.ts';
import { vi } from './vi.ts';

/** The catalogue of each language. */
export const catalogues: Readonly<Record<Language, Texts>> = { vi, en };
