import type { ReactNode } from 'react';
import { type DayRange, hrefOf } from '../audit/route.ts';
import { dayFilter } from '../audit/search-filter.ts';
import type { Statistics } from '../audit/statistics.ts';
import { formatCount, formatShare } from '../format-count.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';

interface TilesProps {
  readonly statistics: Statistics;
  readonly atNight: number;
  readonly flagged: number;
  readonly range: DayRange;
}

/** The few numbers one looks at first; each leads to what is behind it. */
export function Tiles({ statistics, atNight, flagged, range }: TilesProps) {
  const { overview, language } = useConsoleTexts();
  const total = statistics.total ?? 0;
  const refused = statistics.byOutcome?.find(({ label }) => label === 'REFUSED')?.count ?? 0;
  const count = (number: number): string => formatCount(number, language);
  const share = (number: number): string =>
    overview.ofAll(formatShare(number / Math.max(total, 1), language));
  const days = { from: dayFilter(range.from).from ?? '', to: dayFilter(range.to).to ?? '' };
  return (
    <dl className="tiles">
      <Tile term={overview.total} value={count(total)} />
      <Tile
        term={overview.night}
        value={count(atNight)}
        note={<a href={hrefOf({ screen: 'search', filter: { ...days, atNight: '1' } })}>{share(atNight)}</a>}
        look="night"
      />
      <Tile
        term={overview.refused}
        value={count(refused)}
        note={
          <a href={hrefOf({ screen: 'search', filter: { ...days, outcome: 'REFUSED' } })}>{share(refused)}</a>
        }
        look="refused"
      />
      <Tile
        term={overview.delayed}
        value={count(statistics.delayedDisclosures ?? 0)}
        note={overview.delayedNext}
        look="delayed"
      />
      <Tile
        term={overview.readers}
        value={count(flagged)}
        note={
          <button type="button" className="link" onClick={goToReaders}>
            {overview.readersNext}
          </button>
        }
        look={flagged > 0 ? 'alarming' : 'plain'}
      />
    </dl>
  );
}

/** The address of the page names its screen, so that this is no link but a step of the focus. */
function goToReaders(): void {
  const heading = document.querySelector<HTMLElement>('#readers h2');
  heading?.scrollIntoView();
  heading?.focus({ preventScroll: true });
}

interface TileProps {
  readonly term: string;
  readonly value: string;
  readonly note?: ReactNode;
  readonly look?: string;
}

function Tile({ term, value, note, look = 'plain' }: TileProps) {
  return (
    <div className={`tile ${look}`}>
      <dt>{term}</dt>
      <dd className="tile-value">{value}</dd>
      {note !== undefined && <dd className="tile-note">{note}</dd>}
    </div>
  );
}
