import { type PointerEvent, type ReactNode, useId, useState } from 'react';
import { useConsoleTexts } from '../texts/use-console-texts.ts';
import { type ChartPlace, usePlace } from './use-place.ts';

/** One point of a chart as words: what it says, and where one goes from it. */
export interface ChartPoint {
  readonly text: string;
  readonly href: string | null;
}

interface ChartFrameProps {
  readonly title: string;
  /** What the chart shows, in one sentence. */
  readonly finding: ReactNode;
  readonly points: readonly ChartPoint[];
  /** The point that is told at first: the most remarkable one. */
  readonly start: number;
  /** What the way onwards from a point is called. */
  readonly open: string;
  /** Draws the chart; `at` is the point that is being looked at. */
  readonly renderPlot: (place: ChartPlace, at: number) => ReactNode;
  /** Which point lies at a place of the drawing, in pixels; null where none is near. */
  readonly pick: (place: ChartPlace, x: number, y: number) => number | null;
  readonly legend?: ReactNode;
  readonly table: ChartTableProps;
}

/**
 * A chart that everybody can read: a sentence that says what it shows, one stop of the keyboard from which the arrows
 * go through the points, a line that tells the point one is at with a link to what is behind it, and the same as a table.
 */
export function ChartFrame(props: ChartFrameProps) {
  const { title, finding, points, start, open, renderPlot, pick, legend, table } = props;
  const { charts } = useConsoleTexts();
  const [plot, place] = usePlace();
  const [chosen, setAt] = useState<number | null>(null);
  const id = useId();
  const last = points.length - 1;
  const at = Math.min(chosen ?? start, Math.max(last, 0));
  const point = points[at];
  function look({ clientX, clientY, currentTarget }: PointerEvent): void {
    const { left, top } = currentTarget.getBoundingClientRect();
    const found = pick(place, clientX - left, clientY - top);
    if (found !== null) setAt(Math.max(0, Math.min(last, found)));
  }
  return (
    <figure className="chart" aria-labelledby={`${id}-title`}>
      <figcaption>
        <h2 id={`${id}-title`}>{title}</h2>
        <p className="finding" id={`${id}-finding`}>
          {finding}
        </p>
      </figcaption>
      {legend}
      <div ref={plot} className="plot" onPointerMove={look} onPointerDown={look}>
        <input
          className="plot-cursor"
          type="range"
          min={0}
          max={Math.max(last, 0)}
          value={at}
          aria-labelledby={`${id}-title`}
          aria-describedby={`${id}-finding ${id}-keys`}
          aria-valuetext={point?.text ?? charts.none}
          onChange={(event) => setAt(Number(event.target.value))}
        />
        {place.width > 0 && renderPlot(place, at)}
      </div>
      <p className="readout">
        <span aria-hidden="true">{point?.text ?? charts.none}</span>
        {point?.href != null && <a href={point.href}>{open}</a>}
      </p>
      <p className="hint keys" id={`${id}-keys`}>
        {charts.keys}
      </p>
      <ChartTable {...table} />
    </figure>
  );
}

interface ChartTableProps {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly [key: string, ...cells: ReactNode[]])[];
}

/** The figures behind a chart. */
export function ChartTable({ title, head, rows }: ChartTableProps) {
  const { charts } = useConsoleTexts();
  return (
    <details className="figures">
      <summary>
        {charts.table}
        <span className="heard">: {title}</span>
      </summary>
      {/* Whoever has no mouse scrolls it by the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="scrolls" aria-label={title} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([key, first, ...cells]) => (
              <tr key={key}>
                <th scope="row">{first}</th>
                {cells.map((cell, column) => (
                  <td key={head[column + 1] ?? ''}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
