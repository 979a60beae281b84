import { formatDate, precisionOf } from '../format/dates.ts';
import { useTexts } from '../texts/use-texts.ts';

/** A date of birth, and what is not known of it. */
export function BirthDate({ date }: { readonly date: string }) {
  const { person, language } = useTexts();
  const precision = precisionOf(date) ?? 'day';
  if (precision === 'day') return formatDate(date, language);
  return (
    <>
      {formatDate(date, language)} ({person.birthPartial[precision]})
      <span className="hint"> {person.birthPartialNext}</span>
    </>
  );
}
