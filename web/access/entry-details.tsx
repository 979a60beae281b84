import { ClaimList } from '../components/claim-list.tsx';
import { Fact } from '../components/fact.tsx';
import { agencyName } from '../components/section-messages.tsx';
import { formatInstant } from '../format/dates.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { AccessEntry } from './entry.ts';
import { whatWords } from './entry-words.ts';

/** What stands behind an entry: each claim explained, who was asked, and where it is in the log. */
export function EntryDetails({ entry }: { readonly entry: AccessEntry }) {
  const texts = useTexts();
  const { access, agencies, language } = texts;
  const { claims, sources, origin, index, leafHash, event, time } = entry;
  const asked = sources.map((source) => agencyName(agencies, source) ?? source);
  return (
    <details className="more">
      <summary>{access.details}</summary>
      <dl className="facts">
        {claims.length > 0 && (
          <Fact term={whatWords(entry, texts)} value={<ClaimList claims={claims} explained />} />
        )}
        <Fact term={access.event} value={`${access.events[event]}, ${formatInstant(time, language)}`} />
        <Fact term={access.sources} value={asked.join('; ')} />
        <Fact term={access.place} value={access.placeValue(String(index), origin)} />
        <Fact term={access.hash} value={<code>{leafHash}</code>} />
      </dl>
    </details>
  );
}
