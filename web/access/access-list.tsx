import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { isMissing } from '../api/reading.ts';
import { Icon } from '../components/icon.tsx';
import { Progress } from '../components/progress.tsx';
import { MissingMessage, RefusedMessage } from '../components/section-messages.tsx';
import { dayBefore, formatWeekday } from '../format/dates.ts';
import { useToday } from '../session/today.ts';
import { useTexts } from '../texts/use-texts.ts';
import { AccessItem, type EntryDoings } from './access-item.tsx';
import { entryKey } from './entry.ts';
import { type AccessDay, groupEntries } from './group-entries.ts';
import { type Entries, useEntries } from './use-entries.ts';
import { useFreshEntries } from './use-fresh-entries.ts';
import { useReports } from './use-reports.tsx';

interface AccessListProps {
  readonly others: boolean;
  /** Where given, only what stands under this consent is shown of what was read. */
  readonly consent?: string;
}

/** The readings by days, page after page. */
export function AccessList({ others, consent }: AccessListProps) {
  const { frame, access, consents } = useTexts();
  const list = useEntries(others);
  const { failure, asking, more } = list;
  const entries = useMemo(
    () =>
      consent === undefined
        ? list.entries
        : (list.entries?.filter(({ consentId }) => consentId === consent) ?? null),
    [list.entries, consent],
  );
  const days = useMemo(() => groupEntries(entries ?? []), [entries]);
  const { fresh, unseen } = useFreshEntries(entries);
  const { reported, dialogs, report, prove } = useReports();
  const doings: EntryDoings = { report, prove, reported, isFresh: (entry) => fresh.has(entryKey(entry)) };
  return (
    <div className="accesses" aria-busy={asking && entries === null}>
      {asking && entries === null && failure === null && <Progress label={frame.asking} />}
      {entries?.length === 0 && consent === undefined && <NobodyMessage others={others} />}
      {entries?.length === 0 && consent !== undefined && <p className="message">{consents.historyNone}</p>}
      {days.map((day) => (
        <DaySection key={day.day} day={day} doings={doings} />
      ))}
      {failure !== null &&
        (isMissing(failure) ? (
          <MissingMessage failure={failure} asking={asking} again={more} />
        ) : (
          <RefusedMessage failure={failure} />
        ))}
      {list.entries !== null && list.entries.length > 0 && (
        <ListEnd list={list} shown={entries?.length ?? 0} unseen={consent === undefined ? unseen : 0} />
      )}
      {entries !== null && <p className="hint">{access.kept}</p>}
      {dialogs}
    </div>
  );
}

function DaySection({
  day: { day, sittings },
  doings,
}: {
  readonly day: AccessDay;
  readonly doings: EntryDoings;
}) {
  const { access, language } = useTexts();
  const heading = useId();
  const today = useToday();
  const date = formatWeekday(day, language);
  const isYesterday = day === dayBefore(today);
  return (
    <section className="access-day" aria-labelledby={heading}>
      <h2 id={heading} tabIndex={-1}>
        {day === today ? access.today(date) : isYesterday ? access.yesterday(date) : date}
      </h2>
      <ol className="access-items">
        {sittings.map((sitting) => (
          <AccessItem key={entryKey(sitting.entries[0])} sitting={sitting} doings={doings} />
        ))}
      </ol>
    </section>
  );
}

/** Nobody read anything: the best there is to tell, and what happens when somebody does. */
function NobodyMessage({ others }: { readonly others: boolean }) {
  const { access } = useTexts();
  return (
    <div className="message none">
      <Icon name="none" />
      <div>
        <p className="message-title">{others ? access.none : access.noneAtAll}</p>
        <p>{access.noneNext}</p>
      </div>
    </div>
  );
}

interface ListEndProps {
  readonly list: Entries;
  /** How many of the list are shown. */
  readonly shown: number;
  readonly unseen: number;
}

/** How much is shown, the way to the rest, or that this is all of it. */
function ListEnd({ list, shown, unseen }: ListEndProps) {
  const { frame, access } = useTexts();
  const end = useRef<HTMLParagraphElement>(null);
  const [hasAsked, setAsked] = useState(false);
  const { entries, next, asking, failure, more } = list;
  const hasMore = next !== null;
  useEffect(() => {
    // The button goes with the last page: who pressed it is led to where it stood.
    if (hasAsked && !hasMore) end.current?.focus({ preventScroll: true });
  }, [hasAsked, hasMore]);
  return (
    <div className="list-end">
      <output className="hint">{access.shown(shown)}</output>
      {hasMore && unseen > 0 && <p className="hint">{access.moreNew(unseen)}</p>}
      {hasMore && failure === null && (
        <button
          type="button"
          className="button small"
          aria-disabled={asking}
          onClick={() => {
            if (asking) return;
            setAsked(true);
            more();
          }}
        >
          {frame.more}
        </button>
      )}
      {asking && entries !== null && <Progress label={frame.asking} />}
      {!hasMore && (
        <p ref={end} tabIndex={-1} className="hint">
          {access.end}
        </p>
      )}
    </div>
  );
}
