import { useEffect } from 'react';
import { Screen } from '../../components/screen.tsx';
import { hrefOf } from '../audit/route.ts';
import type { Search, SearchFilter } from '../audit/search-filter.ts';
import { SearchForm } from '../components/search-form.tsx';
import { useConsoleTexts } from '../texts/use-console-texts.ts';
import { Results } from './results.tsx';

interface SearchScreenProps {
  /** What the address asks for. */
  readonly filter: SearchFilter;
  /** The search that was sent last; null before the first. */
  readonly search: Search | null;
  readonly onSearch: (search: Search | null) => void;
}

/**
 * Looks for entries. An address with conditions is searched at once; one without waits until somebody presses the
 * button: a look is written down, so none is taken that nobody asked for.
 */
export function SearchScreen({ filter, search, onSearch }: SearchScreenProps) {
  const { search: texts } = useConsoleTexts();
  const wanted = JSON.stringify(filter);
  const sent = search === null ? '{}' : JSON.stringify(search.filter);
  useEffect(() => {
    if (wanted !== sent)
      onSearch(wanted === '{}' ? null : { filter: JSON.parse(wanted) as SearchFilter, person: null });
  }, [wanted, sent, onSearch]);
  const current = search !== null && wanted === sent ? search : null;
  return (
    <Screen title={texts.title}>
      {current === null && <p className="lead">{texts.intro}</p>}
      <details className="search-fold" key={current === null ? 'open' : 'folded'} open={current === null}>
        <summary className={current === null ? 'heard' : undefined}>{texts.change}</summary>
        <SearchForm
          key={`${wanted} ${current?.person?.reason ?? ''}`}
          start={current ?? { filter, person: null }}
          onSearch={(next) => {
            onSearch(next);
            window.location.hash = hrefOf({ screen: 'search', filter: next.filter });
          }}
          onClear={() => {
            onSearch(null);
            window.location.hash = hrefOf({ screen: 'search', filter: {} });
          }}
        />
      </details>
      {current === null ? (
        wanted === '{}' && <p className="not-yet">{texts.notYet}</p>
      ) : (
        <Results key={`${JSON.stringify(current.filter)} ${current.person?.number ?? ''}`} search={current} />
      )}
    </Screen>
  );
}
