import { useId } from 'react';
import { hrefOf, type DayRange } from '../audit/route.ts';
import { dayFilter } from '../audit/search-filter.ts';
import { busiestHour, isNightHour } from '../audit/stand-out.ts';
import { formatCount, formatShare } from '../format-count.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';
import { ChartFrame } from './chart-frame.tsx';
import { NightHatch } from './night-hatch.tsx';
import type { ChartPlace } from './use-place.ts';

interface HourClockProps {
  /** 24 numbers. */
  readonly byHour: readonly number[];
  readonly range: DayRange;
}

/** The day as a clock of 24 hours, midnight above, the night as a dark sector. */
export function HourClock({ byHour, range }: HourClockProps) {
  const { charts, language } = useConsoleTexts();
  const total = byHour.reduce((sum, count) => sum + count, 0);
  const night = byHour.reduce((sum, count, hour) => (isNightHour(hour) ? sum + count : sum), 0);
  const share = total === 0 ? 0 : night / total;
  const nightHref = hrefOf({
    screen: 'search',
    filter: { from: dayFilter(range.from).from ?? '', to: dayFilter(range.to).to ?? '', atNight: '1' },
  });
  const text = (hour: number): string =>
    `${charts.hourValue(hour)}${isNightHour(hour) ? `, ${charts.isNight}` : ''}: ${charts.readings(
      formatCount(byHour[hour] ?? 0, language),
    )}`;
  const busiest = busiestHour(byHour);
  return (
    <ChartFrame
      title={charts.hours}
      finding={charts.hoursFinding(formatShare(share, language), charts.hourValue(busiest))}
      points={byHour.map((_, hour) => ({ text: text(hour), href: isNightHour(hour) ? nightHref : null }))}
      start={busiest}
      open={charts.open}
      renderPlot={(place, at) => <Clock byHour={byHour} share={share} place={place} at={at} />}
      pick={(place, x, y) => {
        const { centre, middle } = clockOf(place);
        const turn = (Math.atan2(x - centre, middle - y) / (2 * Math.PI) + 1) % 1;
        return Math.floor(turn * 24) % 24;
      }}
      table={{
        title: charts.hours,
        head: [charts.hour, charts.count],
        rows: byHour.map((count, hour) => [
          String(hour),
          `${charts.hourValue(hour)}${isNightHour(hour) ? ` (${charts.isNight})` : ''}`,
          formatCount(count, language),
        ]),
      }}
    />
  );
}

function clockOf({ width, em }: ChartPlace) {
  const outer = Math.min(width / 2 - em * 2, em * 11);
  return {
    centre: width / 2,
    middle: outer + em * 1.8,
    outer,
    inner: outer * 0.42,
    height: (outer + em * 1.8) * 2,
  };
}

interface ClockProps {
  readonly byHour: readonly number[];
  readonly share: number;
  readonly place: ChartPlace;
  readonly at: number;
}

function Clock({ byHour, share, place, at }: ClockProps) {
  const { charts, language } = useConsoleTexts();
  const hatch = useId();
  const { centre, middle, outer, inner, height } = clockOf(place);
  const largest = Math.max(1, ...byHour);
  const sector = (from: number, to: number, near: number, far: number): string =>
    sectorPath(centre, middle, from, to, near, far);
  return (
    <svg width={place.width} height={height} aria-hidden="true" focusable="false">
      <NightHatch id={hatch} />
      <circle className="clock-face" cx={centre} cy={middle} r={outer} />
      <path className="night-ground" d={sector(22, 30, inner * 0.98, outer)} />
      {[1 / 3, 2 / 3].map((part) => (
        <circle key={part} className="grid ring" cx={centre} cy={middle} r={inner + (outer - inner) * part} />
      ))}
      {byHour.map((count, hour) => (
        <path
          // The hours of a day are always the same 24.
          // oxlint-disable-next-line react/no-array-index-key
          key={hour}
          className={hour === at ? 'bar looked-at' : isNightHour(hour) ? 'bar night' : 'bar'}
          {...(isNightHour(hour) && hour !== at ? { fill: `url(#${hatch})` } : {})}
          d={sector(
            hour + 0.06,
            hour + 0.94,
            inner,
            inner + (outer - inner) * Math.max(0.012, count / largest),
          )}
        />
      ))}
      {[0, 3, 6, 9, 12, 15, 18, 21].map((hour) => {
        const angle = (hour / 24) * 2 * Math.PI;
        return (
          <text
            key={hour}
            className="tick"
            x={centre + Math.sin(angle) * (outer + place.em * 0.95)}
            y={middle - Math.cos(angle) * (outer + place.em * 0.95)}
            textAnchor="middle"
            dominantBaseline="central"
          >
            {hour}
          </text>
        );
      })}
      <text
        className="clock-share"
        x={centre}
        y={middle + inner * 0.05}
        fontSize={inner * 0.62}
        textAnchor="middle"
      >
        {formatShare(share, language)}
      </text>
      <text className="tick" x={centre} y={middle + inner * 0.45} textAnchor="middle">
        {charts.atNight}
      </text>
    </svg>
  );
}

/** A piece of a ring between two hours and two radii; hour 0 is above, and the hours go with the clock. */
function sectorPath(x: number, y: number, from: number, to: number, near: number, far: number): string {
  const point = (hour: number, radius: number): string => {
    const angle = (hour / 24) * 2 * Math.PI;
    return `${(x + Math.sin(angle) * radius).toFixed(2)} ${(y - Math.cos(angle) * radius).toFixed(2)}`;
  };
  const isLarge = to - from > 12 ? 1 : 0;
  return `M${point(from, near)}L${point(from, far)}A${far} ${far} 0 ${isLarge} 1 ${point(to, far)}L${point(to, near)}A${near} ${near} 0 ${isLarge} 0 ${point(from, near)}Z`;
}
