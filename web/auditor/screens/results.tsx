import { useEffect, useRef, useState } from 'react';
import { formatInstant } from '../../format/dates.ts';
import { Progress } from '../../components/progress.tsx';
import { AuditSearchDocument, type AuditSearchQuery } from '../../generated/audit-operations.ts';
import { useKept } from '../audit/memory.tsx';
import { hrefOf } from '../audit/route.ts';
import { filterVariable, type Search } from '../audit/search-filter.ts';
import { isNightHour } from '../audit/stand-out.ts';
import { claimWords, purposeWords } from '../claim-words.ts';
import { FilterChips } from '../components/filter-chips.tsx';
import { KeptState } from '../components/kept-state.tsx';
import { ReaderName } from '../components/reader-name.tsx';
import { formatCount } from '../format-count.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';
import { ExportPanel } from './export-panel.tsx';

/** One entry as a search gives it. */
export type FoundEntry = NonNullable<AuditSearchQuery['accessLog']>['nodes'][number];

const pageSize = 25;

/** What was found, page by page, newest first: a table, and cards where there is no room for one. */
export function Results({ search }: { readonly search: Search }) {
  const { search: texts, language } = useConsoleTexts();
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const kept = useKept(AuditSearchDocument, {
    filter: filterVariable(search),
    first: pageSize,
    after: cursors.at(-1) ?? null,
  });
  const heading = useRef<HTMLHeadingElement>(null);
  const found = kept.answer?.data?.accessLog ?? null;
  const nodes = found?.nodes ?? [];
  const next = found?.pageInfo.hasNextPage === true ? found.pageInfo.endCursor : null;
  const before = (cursors.length - 1) * pageSize;
  const isFirst = cursors.length === 1;
  useEffect(() => {
    // Whoever searched, or turned a page, reads on at its beginning.
    heading.current?.focus({ preventScroll: cursors.length === 1 });
  }, [cursors.length]);
  const count = (number: number): string => formatCount(number, language);
  return (
    <section className="section results" aria-busy={kept.asking} aria-labelledby="results-heading">
      <h2 id="results-heading" ref={heading} tabIndex={-1}>
        {texts.results}
      </h2>
      <FilterChips search={search} />
      <KeptState kept={kept} has={found !== null}>
        {nodes.length === 0 ? (
          <div className="message none">
            <div>
              <p className="message-title">{texts.none}</p>
              <p>{texts.noneNext}</p>
            </div>
          </div>
        ) : (
          <>
            <output className="line range-line">
              {texts.range(count(before + 1), count(before + nodes.length))}
            </output>
            <EntryTable entries={nodes} />
            {kept.asking && <Progress label={texts.busy} />}
            <Pages
              onNewer={isFirst ? null : () => setCursors((last) => last.slice(0, -1))}
              onOlder={next === null ? null : () => setCursors((last) => [...last, next])}
            />
          </>
        )}
      </KeptState>
      {(nodes.length > 0 || !isFirst) && (
        <ExportPanel search={search} known={isFirst && next === null ? nodes.length : null} />
      )}
    </section>
  );
}

interface PagesProps {
  /** Null where there is none. */
  readonly onNewer: (() => void) | null;
  readonly onOlder: (() => void) | null;
}

function Pages({ onNewer, onOlder }: PagesProps) {
  const { search: texts } = useConsoleTexts();
  return (
    <nav className="pages" aria-label={texts.pages}>
      <button
        type="button"
        className="button quiet small"
        disabled={onNewer === null}
        onClick={() => onNewer?.()}
      >
        {texts.newer}
      </button>
      <button
        type="button"
        className="button quiet small"
        disabled={onOlder === null}
        onClick={() => onOlder?.()}
      >
        {texts.older}
      </button>
    </nav>
  );
}

function EntryTable({ entries }: { readonly entries: readonly FoundEntry[] }) {
  const { search: texts } = useConsoleTexts();
  return (
    <table className="entries-table">
      <thead>
        <tr>
          <th scope="col">{texts.index}</th>
          <th scope="col">{texts.time}</th>
          <th scope="col">{texts.who}</th>
          <th scope="col">{texts.claim}</th>
          <th scope="col">{texts.outcome}</th>
          <th scope="col">{texts.purpose}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <EntryRow key={`${entry.origin} ${entry.index}`} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

const mostClaims = 3;

function EntryRow({ entry }: { readonly entry: FoundEntry }) {
  const { search: texts, codes, language } = useConsoleTexts();
  const { origin, index, time, actor, claims, outcome, event, refusal, purpose } = entry;
  const isNight = isNightHour((new Date(time).getUTCHours() + 7) % 24);
  return (
    <tr className={isNight ? 'at-night' : undefined}>
      <th scope="row">
        <a
          href={hrefOf({ screen: 'entry', origin, index })}
          aria-label={texts.open(formatCount(index, language))}
        >
          {formatCount(index, language)}
        </a>
      </th>
      <td data-label={texts.time}>
        <time dateTime={time}>{formatInstant(time, language)}</time>
        {isNight && (
          <span className="night-mark">
            <MoonMark /> {texts.atNightMark}
          </span>
        )}
      </td>
      <td data-label={texts.who}>
        <ReaderName reader={actor} />
      </td>
      <td data-label={texts.claim}>
        {claims.length === 0 && <span className="hint">{texts.noClaims}</span>}
        {claims.length > 0 && (
          <ul className="claim-list">
            {claims.slice(0, mostClaims).map((claim) => (
              <li key={claim}>{claimWords(claim, language).label}</li>
            ))}
            {claims.length > mostClaims && (
              <li className="hint">{texts.others(claims.length - mostClaims)}</li>
            )}
          </ul>
        )}
      </td>
      <td data-label={texts.outcome}>
        <span className={`badge outcome ${outcome.toLowerCase()}`}>{codes.outcome[outcome]}</span>
        {event !== 'READ' && event !== 'DENIED' && <span className="hint line">{codes.event[event]}</span>}
        {refusal !== null && <span className="hint line code">{refusal}</span>}
      </td>
      <td data-label={texts.purpose}>{purpose !== null && purposeWords(purpose, language)}</td>
    </tr>
  );
}

function MoonMark() {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z" fill="currentColor" />
    </svg>
  );
}
