import { useId } from 'react';
import { isNightHour } from '../audit/stand-out.ts';
import { NightHatch } from './night-hatch.tsx';

interface HourProfileProps {
  /** 24 numbers. */
  readonly byHour: readonly number[];
  /** What it shows, in words. */
  readonly label: string;
  readonly alarming: boolean;
}

const height = 56;

/** A day of one reader as 24 bars, each reader by their own measure: it is the shape that tells. */
export function HourProfile({ byHour, label, alarming }: HourProfileProps) {
  const hatch = useId();
  const largest = Math.max(1, ...byHour);
  return (
    <>
      <span className="heard">{label}</span>
      <svg
        className={alarming ? 'hour-profile alarming' : 'hour-profile'}
        viewBox={`0 0 240 ${height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        <NightHatch id={hatch} />
        <rect className="night-ground" x={0} y={0} width={60} height={height} />
        <rect className="night-ground" x={220} y={0} width={20} height={height} />
        {byHour.map((count, hour) => {
          const tall = (count / largest) * (height - 4);
          return (
            <rect
              // The hours of a day are always the same 24.
              // oxlint-disable-next-line react/no-array-index-key
              key={hour}
              className={isNightHour(hour) ? 'bar night' : 'bar'}
              {...(isNightHour(hour) ? { fill: `url(#${hatch})` } : {})}
              x={hour * 10 + 1}
              y={height - tall}
              width={8}
              height={tall}
            />
          );
        })}
        <line className="axis" x1={0} x2={240} y1={height - 0.5} y2={height - 0.5} />
      </svg>
    </>
  );
}
