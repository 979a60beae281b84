import type { ReactNode } from 'react';
import { formatCount, formatShare } from '../format-count.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';

/** One bar: how many, and what is behind it. */
export interface Bar {
  readonly key: string;
  readonly name: ReactNode;
  readonly count: number;
  readonly href: string;
  /** The pattern and colour of the bar. */
  readonly look: string;
}

interface BarListProps {
  readonly title: string;
  readonly finding: string;
  readonly bars: readonly Bar[];
  /** What shares are shares of. */
  readonly total: number;
  /** What follows the list. */
  readonly children?: ReactNode;
}

/** Bars with their names and numbers beside them: a list that is read as it is seen; each leads to its readings. */
export function BarList({ title, finding, bars, total, children }: BarListProps) {
  const { language } = useConsoleTexts();
  const largest = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <figure className="chart">
      <figcaption>
        <h2>{title}</h2>
        <p className="finding">{finding}</p>
      </figcaption>
      <ol className="bars">
        {bars.map(({ key, name, count, href, look }) => (
          <li key={key}>
            <a href={href}>
              <span className="bar-name">{name}</span>
              <span className="bar-count">
                {formatCount(count, language)}{' '}
                <span className="hint">{formatShare(count / Math.max(total, 1), language)}</span>
              </span>
              <svg
                className="bar-track"
                viewBox="0 0 100 10"
                preserveAspectRatio="none"
                aria-hidden="true"
                focusable="false"
              >
                <rect className={`bar ${look}`} width={Math.max(0.6, (count / largest) * 100)} height={10} />
              </svg>
            </a>
          </li>
        ))}
      </ol>
      {children}
    </figure>
  );
}
