import type { ReactNode } from 'react';
import type { AuditCountsFragment } from '../../generated/audit-operations.ts';
import { type DayRange, hrefOf } from '../audit/route.ts';
import { dayFilter, type SearchFilter } from '../audit/search-filter.ts';
import { type Bar, BarList } from '../charts/bar-list.tsx';
import { claimWords } from '../claim-words.ts';
import { formatShare } from '../format-count.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';
import type { Statistics } from '../audit/statistics.ts';

interface CountBarsProps {
  readonly statistics: Statistics;
  readonly range: DayRange;
}

/** Who reads, by kind. */
export function KindBars({ statistics, range }: CountBarsProps) {
  const { charts, codes, language } = useConsoleTexts();
  const name = (kind: string): string => wordFor(codes.actor, kind);
  const total = sum(statistics.byActorKind);
  const bars = barsOf(statistics.byActorKind, range, (kind) => ({
    name: (
      <>
        <span className={`kind-mark kind-${kind.toLowerCase()}`} aria-hidden="true" /> {name(kind)}
      </>
    ),
    filter: { actorKind: kind },
    look: `kind-${kind.toLowerCase()}`,
  }));
  const first = bars[0];
  return (
    <BarList
      title={charts.kinds}
      finding={
        first === undefined
          ? charts.none
          : charts.kindsFinding(name(first.key), formatShare(first.count / Math.max(total, 1), language))
      }
      bars={bars}
      total={total}
    />
  );
}

/** How readings ended. */
export function OutcomeBars({ statistics, range }: CountBarsProps) {
  const { charts, codes, language } = useConsoleTexts();
  const total = sum(statistics.byOutcome);
  const released = statistics.byOutcome?.find(({ label }) => label === 'RELEASED')?.count ?? 0;
  return (
    <BarList
      title={charts.outcomes}
      finding={charts.outcomesFinding(formatShare(released / Math.max(total, 1), language))}
      bars={barsOf(statistics.byOutcome, range, (outcome) => ({
        name: wordFor(codes.outcome, outcome),
        filter: { outcome },
        look: `outcome-${outcome.toLowerCase()}`,
      }))}
      total={total}
    />
  );
}

const mostClaims = 14;

/** What is read: groups of information in plain words. */
export function ClaimBars({ statistics, range }: CountBarsProps) {
  const { charts, language } = useConsoleTexts();
  const bars = barsOf(statistics.byClaim, range, (claim) => {
    const { label, sensitive } = claimWords(claim, language);
    return {
      name: (
        <>
          {label}
          {sensitive && <span className="badge bad"> {charts.sensitive}</span>}
        </>
      ),
      filter: { claim: claim.split('(')[0] ?? claim },
      look: sensitive ? 'claim-sensitive' : 'claim-basic',
    };
  });
  const first = bars[0];
  return (
    <div className="claim-bars">
      <BarList
        title={charts.claims}
        finding={
          first === undefined ? charts.none : charts.claimsFinding(claimWords(first.key, language).label)
        }
        bars={bars.slice(0, mostClaims)}
        total={statistics.total ?? 0}
      >
        {bars.length > mostClaims && <p className="hint">{charts.others(bars.length - mostClaims)}</p>}
      </BarList>
    </div>
  );
}

function barsOf(
  counts: readonly AuditCountsFragment[] | null,
  range: DayRange,
  tell: (label: string) => {
    readonly name: ReactNode;
    readonly filter: SearchFilter;
    readonly look: string;
  },
): readonly Bar[] {
  const days = { from: dayFilter(range.from).from ?? '', to: dayFilter(range.to).to ?? '' };
  return (counts ?? [])
    .flatMap(({ label, count }) =>
      label === null || count === null || count === 0 ? [] : [{ label, count }],
    )
    .toSorted((one, other) => other.count - one.count)
    .map(({ label, count }) => {
      const { name, filter, look } = tell(label);
      return {
        key: label,
        name,
        count,
        look,
        href: hrefOf({ screen: 'search', filter: { ...days, ...filter } }),
      };
    });
}

function sum(counts: readonly AuditCountsFragment[] | null): number {
  return (counts ?? []).reduce((whole, { count }) => whole + (count ?? 0), 0);
}

function wordFor(table: Readonly<Record<string, string>>, code: string): string {
  return table[code] ?? code;
}
