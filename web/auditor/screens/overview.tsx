import { useMemo } from 'react';
import { Screen } from '../../components/screen.tsx';
import { formatDate, formatInstant } from '../../format/dates.ts';
import { AuditStatisticsDocument } from '../../generated/audit-operations.ts';
import { useToday } from '../../session/today.ts';
import { lastDays, spansOf } from '../audit/days.ts';
import { useKept } from '../audit/memory.tsx';
import type { DayRange } from '../audit/route.ts';
import type { Statistics } from '../audit/statistics.ts';
import { isNightHour, readersOf } from '../audit/stand-out.ts';
import { DayChart } from '../charts/day-chart.tsx';
import { HourClock } from '../charts/hour-clock.tsx';
import { ReaderMap } from '../charts/reader-map.tsx';
import { KeptState } from '../components/kept-state.tsx';
import { RangeForm } from '../components/range-form.tsx';
import { Tiles } from '../components/tiles.tsx';
import { useConsoleTexts } from '../texts/use-console-texts.ts';
import { ClaimBars, KindBars, OutcomeBars } from './count-bars.tsx';
import { Readers } from './readers.tsx';

const usualDays = 90;

/** The first thing an auditor sees: when, who, what, and who stands out. */
export function Overview({ range }: { readonly range: DayRange | null }) {
  const { overview, frame, language } = useConsoleTexts();
  const today = useToday();
  const shown = range ?? lastDays(today, usualDays);
  const kept = useKept(AuditStatisticsDocument, { from: shown.from, to: shown.to });
  const statistics = kept.answer?.data?.accessStatistics ?? null;
  return (
    <Screen title={overview.title}>
      <p className="lead">{overview.intro}</p>
      <RangeForm key={`${shown.from} ${shown.to}`} range={shown} today={today} />
      <p className="read-line">
        <span>{overview.period(formatDate(shown.from, language), formatDate(shown.to, language))}</span>
        {kept.at !== null && (
          <span>
            {frame.readAt(formatInstant(kept.at.toISOString(), language))}{' '}
            <button type="button" className="link" disabled={kept.asking} onClick={kept.again}>
              {kept.asking ? frame.asking : frame.readAgain}
            </button>
          </span>
        )}
      </p>
      <div className="dashboard" aria-busy={kept.asking}>
        <KeptState kept={kept} has={statistics !== null}>
          {statistics !== null && (statistics.total ?? 0) === 0 && (
            <div className="message none">
              <div>
                <p className="message-title">{overview.none}</p>
                <p>{overview.noneNext}</p>
              </div>
            </div>
          )}
          {statistics !== null && (statistics.total ?? 0) > 0 && (
            <Dashboard statistics={statistics} range={shown} />
          )}
        </KeptState>
      </div>
    </Screen>
  );
}

interface DashboardProps {
  readonly statistics: Statistics;
  readonly range: DayRange;
}

function Dashboard({ statistics, range }: DashboardProps) {
  const { readers: words } = useConsoleTexts();
  const spans = useMemo(() => spansOf(statistics.byDay ?? [], range), [statistics, range]);
  const hours = useMemo(() => hoursOf(statistics), [statistics]);
  const readers = useMemo(
    () =>
      readersOf([
        statistics.byNight,
        statistics.byPeople,
        statistics.byReads,
        statistics.byWithoutConsent,
        statistics.byRefused,
      ]),
    [statistics],
  );
  const flagged = readers.filter(({ flags }) => flags.length > 0).length;
  const atNight = hours.reduce((sum, count, hour) => (isNightHour(hour) ? sum + count : sum), 0);
  return (
    <>
      <Tiles statistics={statistics} atNight={atNight} flagged={flagged} range={range} />
      <section className="section board wide-board">
        <DayChart spans={spans} />
      </section>
      <section className="section board">
        <HourClock byHour={hours} range={range} />
      </section>
      <section className="section board">
        <ReaderMap readers={readers} />
      </section>
      <section className="section board wide-board" id="readers" aria-label={words.title}>
        <Readers readers={readers} />
      </section>
      <section className="section board">
        <KindBars statistics={statistics} range={range} />
      </section>
      <section className="section board">
        <OutcomeBars statistics={statistics} range={range} />
      </section>
      <section className="section board wide-board">
        <ClaimBars statistics={statistics} range={range} />
      </section>
    </>
  );
}

function hoursOf({ byHour }: Statistics): readonly number[] {
  const known = new Map(byHour?.map(({ label, count }) => [Number(label), count ?? 0]));
  return Array.from({ length: 24 }, (_, hour) => known.get(hour) ?? 0);
}
