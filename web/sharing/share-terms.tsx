import { Fact } from '../components/fact.tsx';
import { formatInstant } from '../format/dates.ts';
import { useTexts } from '../texts/use-texts.ts';
import { frequencyWords } from './frequency-words.ts';
import type { ShareRequest } from './share.ts';

interface ShareTermsProps {
  readonly purpose: ShareRequest['purpose'];
  readonly retentionDays: number | null;
  readonly fetch: ShareRequest['fetch'];
  readonly frequency: ShareRequest['frequency'];
  /** The end of a standing consent; null where it ends by withdrawing alone. */
  readonly until: string | null;
  /** What follows if one refuses; null once that was decided. */
  readonly refusalMeans: ShareRequest['refusalMeans'];
}

/** What for, how long it is kept, how often it is read, and what a refusal means. */
export function ShareTerms({
  purpose,
  retentionDays,
  fetch,
  frequency,
  until,
  refusalMeans,
}: ShareTermsProps) {
  const texts = useTexts();
  const { share, access, language } = texts;
  const { terms } = share;
  const code = purpose?.code ?? null;
  const known = code !== null && Object.hasOwn(access.purposes, code) ? access.purposes[code] : code;
  const end = until === null ? terms.endless : formatInstant(until, language);
  const often = fetch === 'ONCE' ? terms.once : terms.standing(frequencyWords(frequency, texts), end);
  const own = purpose?.text?.[language] ?? purpose?.text?.vi ?? null;
  return (
    <dl className="facts">
      <Fact term={terms.purpose} value={purpose?.label?.[language] ?? known} />
      {own !== null && <Fact term={terms.text} value={<q>{own}</q>} />}
      <Fact term={terms.retention} value={retentionDays === null ? null : terms.days(retentionDays)} />
      <Fact term={terms.fetch} value={fetch === null ? null : often} />
      {refusalMeans !== null && <Fact term={terms.refusal} value={refusalMeans[language]} />}
    </dl>
  );
}
