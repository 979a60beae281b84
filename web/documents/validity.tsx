import { formatDate, isPast } from '../format/dates.ts';
import { useToday } from '../session/today.ts';
import { useTexts } from '../texts/use-texts.ts';

/** The last day of a document: a date, that it is over, or that it has no end. */
export function Validity({ until }: { readonly until: string | null }) {
  const { documents, language } = useTexts();
  const today = useToday();
  if (until === null) return documents.endless;
  const over = isPast(until, today);
  return (
    <>
      {formatDate(until, language)}
      {over && <strong className="over"> ({documents.expired})</strong>}
    </>
  );
}
