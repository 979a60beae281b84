import { useMemo } from 'react';
import type { ActorKind } from '../../generated/audit-operations.ts';
import { hrefOf } from '../audit/route.ts';
import { isNightBrowser, nightShare, type StandingOut, thresholds } from '../audit/stand-out.ts';
import { readerText } from '../components/reader-name.tsx';
import { formatCount, formatShare } from '../format-count.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';
import { ChartFrame } from './chart-frame.tsx';
import type { ChartPlace } from './use-place.ts';

/** Readers by how many people they read and how much of it at night: who does both stands in the corner above. */
export function ReaderMap({ readers }: { readonly readers: readonly StandingOut[] }) {
  const texts = useConsoleTexts();
  const { readers: words, codes, language } = texts;
  // In the order of the arrows: the corner first.
  const shown = useMemo(() => readers.toSorted((one, other) => suspicion(other) - suspicion(one)), [readers]);
  const kinds = [...new Set(shown.map(({ kind }) => kind))];
  const text = (reader: StandingOut): string =>
    words.mapPoint(
      readerText(reader, texts),
      formatCount(reader.people, language),
      formatShare(nightShare(reader), language),
      formatCount(reader.reads, language),
    );
  return (
    <ChartFrame
      title={words.map}
      finding={words.mapFinding(shown.filter(isNightBrowser).length)}
      points={shown.map((reader) => ({
        text: text(reader),
        href: reader.id === null ? null : hrefOf({ screen: 'search', filter: { actorId: reader.id } }),
      }))}
      start={0}
      open={words.open}
      legend={
        <ul className="legend">
          {kinds.map((kind) => (
            <li key={kind}>
              <span className={`kind-mark kind-${kind.toLowerCase()}`} aria-hidden="true" />{' '}
              {codes.actor[kind]}
            </li>
          ))}
        </ul>
      }
      renderPlot={(place, at) => <Points readers={shown} place={place} at={at} />}
      pick={(place, x, y) => {
        const scale = scaleOf(place, shown);
        const distances = shown.map((reader) => Math.hypot(scale.x(reader) - x, scale.y(reader) - y));
        const near = Math.min(...distances);
        return near > place.em * 3 ? null : distances.indexOf(near);
      }}
      table={{
        title: words.map,
        head: [words.who, words.people, words.night, words.reads],
        rows: shown.map((reader) => [
          reader.key,
          readerText(reader, texts),
          formatCount(reader.people, language),
          formatShare(nightShare(reader), language),
          formatCount(reader.reads, language),
        ]),
      }}
    />
  );
}

function suspicion(reader: StandingOut): number {
  return (isNightBrowser(reader) ? 1000 : 0) + nightShare(reader) * Math.log2(1 + reader.people);
}

const decades = [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000];

interface Scale {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly height: number;
  readonly across: (people: number) => number;
  readonly up: (share: number) => number;
  readonly x: (reader: StandingOut) => number;
  readonly y: (reader: StandingOut) => number;
  readonly radius: (reader: StandingOut) => number;
  readonly most: number;
}

function scaleOf({ width, em }: ChartPlace, readers: readonly StandingOut[]): Scale {
  const frame = { left: em * 3.5, right: width - em * 1.2, top: em * 2, bottom: em * 19, height: em * 22.6 };
  const most = Math.max(30, ...readers.map(({ people }) => people)) * 1.35;
  const mostReads = Math.max(1, ...readers.map(({ reads }) => reads));
  // By powers: from one person to a million on one line.
  const across = (people: number): number =>
    frame.left + (Math.log(Math.max(people, 0.8) / 0.8) / Math.log(most / 0.8)) * (frame.right - frame.left);
  const up = (share: number): number => frame.bottom - share * (frame.bottom - frame.top);
  return {
    ...frame,
    most,
    across,
    up,
    x: ({ people }) => across(people),
    y: (reader) => up(nightShare(reader)),
    radius: ({ reads }) => em * (0.34 + 0.72 * Math.sqrt(reads / mostReads)),
  };
}

interface PointsProps {
  readonly readers: readonly StandingOut[];
  readonly place: ChartPlace;
  readonly at: number;
}

function Points({ readers, place, at }: PointsProps) {
  const texts = useConsoleTexts();
  const { em } = place;
  const scale = scaleOf(place, readers);
  const { left, right, height } = scale;
  const looked = readers[at];
  return (
    <svg width={place.width} height={height} aria-hidden="true" focusable="false">
      <Ground scale={scale} place={place} />
      {readers.toReversed().map((reader) => (
        <path
          key={reader.key}
          className={isNightBrowser(reader) ? 'point alarming' : `point kind-${reader.kind.toLowerCase()}`}
          d={shapeOf(reader.kind, scale.x(reader), scale.y(reader), scale.radius(reader))}
        />
      ))}
      {readers
        .filter(isNightBrowser)
        .slice(0, 4)
        .map((reader) => (
          <PointName
            key={reader.key}
            name={shortName(readerText(reader, texts), Math.floor(place.width / (em * 0.75)))}
            x={scale.x(reader)}
            y={scale.y(reader)}
            radius={scale.radius(reader)}
            middle={(left + right) / 2}
            em={em}
          />
        ))}
      {looked !== undefined && (
        <circle
          className="point-cursor"
          cx={scale.x(looked)}
          cy={scale.y(looked)}
          r={scale.radius(looked) + em * 0.45}
        />
      )}
    </svg>
  );
}

/** The corner that tells, the lines and the scales. */
function Ground({ scale, place: { width, em } }: { readonly scale: Scale; readonly place: ChartPlace }) {
  const { readers: words, language } = useConsoleTexts();
  const { left, right, top, bottom, across, up } = scale;
  const zone = across(thresholds.nightPeople);
  return (
    <>
      <rect
        className="zone"
        x={zone}
        y={up(1) - em * 0.6}
        width={right - zone + em * 0.6}
        height={up(thresholds.nightShare) - up(1) + em * 0.6}
        rx={em * 0.4}
      />
      {width > em * 30 && (
        <text className="zone-name" x={right} y={up(thresholds.nightShare) - em * 0.7} textAnchor="end">
          {words.mapZone}
        </text>
      )}
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <g key={share}>
          <line
            className={share === 0 ? 'axis' : 'grid'}
            x1={left}
            x2={right}
            y1={up(share)}
            y2={up(share)}
          />
          <text className="tick" x={left - em * 0.5} y={up(share)} textAnchor="end" dominantBaseline="middle">
            {formatShare(share, language)}
          </text>
        </g>
      ))}
      {decades
        .filter((people) => people <= scale.most)
        .map((people) => (
          <text key={people} className="tick" x={across(people)} y={bottom + em * 1.9} textAnchor="middle">
            {formatCount(people, language)}
          </text>
        ))}
      <text className="axis-name" x={right} y={bottom + em * 3.2} textAnchor="end">
        {words.mapX}
      </text>
      <text className="axis-name" x={0} y={top - em * 1.1}>
        {words.mapY}
      </text>
    </>
  );
}

/** A name cut to so many letters: the whole of it stands beneath the chart. */
function shortName(name: string, most: number): string {
  return name.length <= most ? name : `${name.slice(0, most - 1).trimEnd()}…`;
}

interface PointNameProps {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly middle: number;
  readonly em: number;
}

/** Beneath its point and towards the middle, where there is room on every screen. */
function PointName({ name, x, y, radius, middle, em }: PointNameProps) {
  const isRight = x > middle;
  return (
    <text
      className="point-name"
      x={isRight ? x + radius : x - radius}
      y={y + radius + em * 1.25}
      textAnchor={isRight ? 'end' : 'start'}
    >
      {name}
    </text>
  );
}

/** Kinds are told apart by shape as well as by colour. */
function shapeOf(kind: ActorKind, x: number, y: number, r: number): string {
  const polygon = (corners: readonly (readonly [number, number])[]): string =>
    `M${corners.map(([dx, dy]) => `${(x + dx * r).toFixed(1)} ${(y + dy * r).toFixed(1)}`).join('L')}Z`;
  switch (kind) {
    case 'RELYING_PARTY':
      return polygon([
        [-0.9, -0.9],
        [0.9, -0.9],
        [0.9, 0.9],
        [-0.9, 0.9],
      ]);
    case 'AUDITOR':
      return polygon([
        [0, -1.15],
        [1.1, 0.85],
        [-1.1, 0.85],
      ]);
    case 'AUTHORITY':
    case 'SYSTEM':
      return polygon([
        [0, -1.2],
        [1.2, 0],
        [0, 1.2],
        [-1.2, 0],
      ]);
    default:
      return `M${x - r} ${y}a${r} ${r} 0 1 0 ${r * 2} 0a${r} ${r} 0 1 0 ${-r * 2} 0Z`;
  }
}
