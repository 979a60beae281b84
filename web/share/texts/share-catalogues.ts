import type { Language } from '../../format/language.ts';
import { en } from './en.ts';
import type { ShareTexts } from './share-texts.ts';
import { vi } from './vi.ts';

/** The catalogue of each language of the page of a request. */
export const shareCatalogues: Readonly<Record<Language, ShareTexts>> = { vi, en };
