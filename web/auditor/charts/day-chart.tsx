import { formatDate } from '../../format/dates.ts';
import { type Language, localeOf } from '../../format/language.ts';
import { gridOf, type Span } from '../audit/days.ts';
import { hrefOf } from '../audit/route.ts';
import { dayFilter, nextDay } from '../audit/search-filter.ts';
import { formatCount } from '../format-count.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';
import { ChartFrame } from './chart-frame.tsx';
import type { ChartPlace } from './use-place.ts';

/** Readings by day, or by week where there are too many days. */
export function DayChart({ spans }: { readonly spans: readonly Span[] }) {
  const { charts, language } = useConsoleTexts();
  const byWeek = spans.some(({ from, to }) => from !== to);
  const peak = spans.reduce((best, { count }, at) => (count > (spans[best]?.count ?? 0) ? at : best), 0);
  const days = spans.reduce((sum, span) => sum + daysIn(span), 0);
  const total = spans.reduce((sum, { count }) => sum + count, 0);
  const name = ({ from, to }: Span): string =>
    from === to ? dayName(from, language) : charts.week(formatDate(from, language), formatDate(to, language));
  const points = spans.map((span) => ({
    text: `${name(span)}: ${charts.readings(formatCount(span.count, language))}`,
    href:
      span.count === 0
        ? null
        : hrefOf({
            screen: 'search',
            filter: { from: dayFilter(span.from).from ?? '', to: dayFilter(span.to).to ?? '' },
          }),
  }));
  const best = spans[peak];
  return (
    <ChartFrame
      title={byWeek ? charts.weeks : charts.days}
      finding={charts.daysFinding(
        best === undefined ? '' : name(best),
        formatCount(best?.count ?? 0, language),
        formatCount(Math.round(total / Math.max(days, 1)), language),
      )}
      points={points}
      start={peak}
      open={charts.open}
      renderPlot={(place, at) => <DayBars spans={spans} place={place} at={at} />}
      pick={(place, x) => {
        const { left, right } = frameOf(place, spans);
        return Math.floor(((x - left) / (right - left)) * spans.length);
      }}
      table={{
        title: byWeek ? charts.weeks : charts.days,
        head: [charts.day, charts.count],
        rows: spans.map((span) => [span.from, name(span), formatCount(span.count, language)]),
      }}
    />
  );
}

function linesOf(spans: readonly Span[]): readonly number[] {
  return gridOf(Math.max(0, ...spans.map(({ count }) => count)));
}

function frameOf({ width, em }: ChartPlace, spans: readonly Span[]) {
  // Room for the largest number beside the lines, with a mark for every three digits.
  const letters = String(linesOf(spans).at(-1) ?? 1).length * 1.3;
  return {
    left: em * (1 + 0.62 * letters),
    right: width - em * 0.4,
    top: em * 1.2,
    bottom: em * 14,
    height: em * 16,
  };
}

interface DayBarsProps {
  readonly spans: readonly Span[];
  readonly place: ChartPlace;
  readonly at: number;
}

function DayBars({ spans, place, at }: DayBarsProps) {
  const { language } = useConsoleTexts();
  const { left, right, top, bottom, height } = frameOf(place, spans);
  const lines = linesOf(spans);
  const largest = lines.at(-1) ?? 1;
  const step = (right - left) / Math.max(spans.length, 1);
  const y = (count: number): number => bottom - (count / largest) * (bottom - top);
  return (
    <svg width={place.width} height={height} aria-hidden="true" focusable="false">
      {[0, ...lines].map((line) => (
        <g key={line}>
          <line className={line === 0 ? 'axis' : 'grid'} x1={left} x2={right} y1={y(line)} y2={y(line)} />
          <text
            className="tick"
            x={left - place.em * 0.5}
            y={y(line)}
            textAnchor="end"
            dominantBaseline="middle"
          >
            {formatCount(line, language)}
          </text>
        </g>
      ))}
      {at < spans.length && (
        <rect
          className="cursor"
          x={left + at * step}
          y={top - place.em}
          width={step}
          height={bottom - top + place.em}
        />
      )}
      {spans.map(({ from, count }, index) => (
        <rect
          key={from}
          className={index === at ? 'bar looked-at' : isRest(from) ? 'bar rest' : 'bar'}
          x={left + index * step + Math.min(1.5, step * 0.12)}
          y={y(count)}
          width={Math.max(1, step - Math.min(3, step * 0.24))}
          height={Math.max(0, bottom - y(count))}
          rx={Math.min(3, step * 0.2)}
        />
      ))}
      <DateAxis spans={spans} place={place} />
    </svg>
  );
}

function DateAxis({ spans, place }: Omit<DayBarsProps, 'at'>) {
  const { left, right, bottom } = frameOf(place, spans);
  const { em } = place;
  const step = (right - left) / Math.max(spans.length, 1);
  const marks = dateMarks(spans, Math.max(2, Math.floor((right - left) / (em * 3.8))));
  return marks.map(({ at, text }) => {
    const x = left + (at + 0.5) * step;
    return (
      <g key={at}>
        <line className="axis" x1={x} x2={x} y1={bottom} y2={bottom + em * 0.35} />
        <text
          className="tick"
          x={Math.max(left + em * 1.2, Math.min(right - em * 1.2, x))}
          y={bottom + em * 1.3}
          textAnchor="middle"
        >
          {text}
        </text>
      </g>
    );
  });
}

/** Saturdays and Sundays: what offices read then is worth a second look. */
function isRest(day: string): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

/** At most so many dates along the axis, evenly apart: `21/11`. */
function dateMarks(spans: readonly Span[], most: number): readonly { at: number; text: string }[] {
  const every = Math.max(1, Math.ceil(spans.length / most));
  return spans.flatMap(({ from }, at) => {
    const [, month = '', day = ''] = from.split('-');
    return at % every === 0 ? [{ at, text: `${day}/${month}` }] : [];
  });
}

function dayName(day: string, language: Language): string {
  const weekday = new Intl.DateTimeFormat(localeOf[language], { weekday: 'long', timeZone: 'UTC' });
  return `${weekday.format(new Date(`${day}T00:00:00Z`))}, ${formatDate(day, language)}`;
}

function daysIn({ from, to }: Span): number {
  let days = 1;
  for (let day = from; day < to; day = nextDay(day, 1)) days += 1;
  return days;
}
