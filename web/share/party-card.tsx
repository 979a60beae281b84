import type { BothLanguages, RequestState } from './read-state.ts';
import { useShareTexts } from './texts/use-share-texts.ts';

/** Who asks, and for what. The texts of the relying party stand apart from ours, and as text alone. */
export function PartyCard({ party, purpose }: Pick<RequestState, 'party' | 'purpose'>) {
  const { party: texts, language } = useShareTexts();
  const other = language === 'vi' ? 'en' : 'vi';
  const inWords = (text: BothLanguages | null): string | undefined => text?.[language] ?? text?.[other];
  const words = inWords(purpose.text);
  return (
    <section className="share-card share-party" aria-labelledby="party">
      <h2 id="party">{texts.title}</h2>
      <p className="share-party-name">{party.displayName}</p>
      <p className={party.verified ? 'share-mark verified' : 'share-mark'}>
        {party.verified ? texts.verified : texts.unverified}
      </p>
      <dl className="share-facts">
        <Line term={texts.legalName} value={party.legalName} />
        <Line term={texts.domain} value={party.domain} />
        <Line term={texts.purpose} value={inWords(purpose.label) ?? purpose.code} />
        {words !== undefined && <Line term={texts.words} value={`“${words}”`} />}
      </dl>
    </section>
  );
}

function Line({ term, value }: { readonly term: string; readonly value: string }) {
  return (
    <div className="fact">
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}
