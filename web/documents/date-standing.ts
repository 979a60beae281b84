import type { Standing } from '../components/document-frame.tsx';
import { isPast } from '../format/dates.ts';
import { useToday } from '../session/today.ts';
import { useTexts } from '../texts/use-texts.ts';

/** The standing of a document that its last day alone decides; null where no day is known. */
export function useDateStanding(until: string | null): Standing | null {
  const { documents, words } = useTexts();
  const today = useToday();
  if (until === null) return null;
  return isPast(until, today)
    ? { text: documents.expired, tone: 'bad' }
    : { text: words.cardStatus.VALID, tone: 'good' };
}
