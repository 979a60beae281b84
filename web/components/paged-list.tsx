import { Fragment, type ReactNode, useState } from 'react';
import { useTexts } from '../texts/use-texts.ts';
import { Fact } from './fact.tsx';

/** How many lines a page has. */
export const pageSize = 10;

/** A page of a list, as every connection of the contract gives it. */
export interface Page<Node> {
  readonly nodes: readonly Node[] | null;
  readonly pageInfo: { readonly hasNextPage: boolean | null; readonly endCursor: string | null } | null;
}

/** One line of a list: what it is headed by, and its facts. */
export interface Entry {
  readonly title: string;
  readonly facts: readonly (readonly [term: string, value: ReactNode])[];
}

/** Where a page begins, and how the next one is opened. */
export interface PagePlace {
  /** The cursor it stands behind; null for the first page. */
  readonly after: string | null;
  /** Null where another page follows already. */
  readonly onMore: ((cursor: string) => void) | null;
}

interface PagedListProps {
  readonly title: string;
  /** Draws the page at a place, and reads it. */
  readonly renderPage: (place: PagePlace) => ReactNode;
}

/** A closed list with a button; nothing of it is read before the button is pressed, and then page by page. */
export function PagedList({ title, renderPage }: PagedListProps) {
  const { history } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const follow = (next: string): void => setCursors((known) => [...known, next]);
  return (
    <div className="history">
      <button
        type="button"
        className="button quiet small"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
          setCursors([null]);
        }}
      >
        {isOpen ? history.hide(title) : history.show(title)}
      </button>
      {!isOpen && <span className="hint">{history.note}</span>}
      {isOpen &&
        cursors.map((after, position) => (
          <Fragment key={after ?? ''}>
            {renderPage({ after, onMore: position === cursors.length - 1 ? follow : null })}
          </Fragment>
        ))}
    </div>
  );
}

interface PageLinesProps<Node> {
  readonly nodes: readonly Node[];
  readonly entry: (node: Node) => Entry;
  readonly pageInfo: Page<Node>['pageInfo'] | undefined;
  readonly onMore: PagePlace['onMore'];
}

/** The lines of a page, and what follows them. */
export function PageLines<Node>({ nodes, entry, pageInfo, onMore }: PageLinesProps<Node>) {
  const { frame, history } = useTexts();
  const next = pageInfo?.hasNextPage === true ? pageInfo.endCursor : null;
  return (
    <>
      <ol className="entries">
        {nodes.map((node, position) => (
          // A page is never reordered, and its lines have no name of their own.
          // oxlint-disable-next-line react/no-array-index-key
          <Line key={position} entry={entry(node)} />
        ))}
      </ol>
      {onMore !== null && next !== null && (
        <button type="button" className="button small" onClick={() => onMore(next)}>
          {frame.more}
        </button>
      )}
      {onMore !== null && next === null && <output className="hint">{history.end}</output>}
    </>
  );
}

function Line({ entry: { title, facts } }: { readonly entry: Entry }) {
  return (
    <li>
      <p className="entry-title">{title}</p>
      <dl className="facts compact">
        {facts.map(([term, value]) => (
          <Fact key={term} term={term} value={value} />
        ))}
      </dl>
    </li>
  );
}
