import { type ReactNode, useState } from 'react';
import type { Part, Reading } from '../api/reading.ts';
import { partOf, isMissing } from '../api/reading.ts';
import type { Subject } from '../api/place-of.ts';
import { type PersonQuery, type PersonView, usePerson } from '../api/use-person.ts';
import { usePasscode } from '../session/passcode.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { Fact, Withheld } from './fact.tsx';
import { Progress } from './progress.tsx';
import { MissingMessage } from './section-messages.tsx';

/** What a page of a list is asked with. */
export interface PageVariables {
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** A page of a list, as every connection of the contract gives it. */
export interface Page<Node> {
  readonly nodes: readonly Node[] | null;
  readonly pageInfo: { readonly hasNextPage: boolean | null; readonly endCursor: string | null } | null;
}

/** One line of a history: what it is headed by, and its facts. */
export interface Entry {
  readonly title: string;
  readonly facts: readonly (readonly [term: string, value: ReactNode])[];
}

/** A list that is read page by page, once somebody opens it. */
export interface HistoryKind<Person, Node> {
  readonly query: PersonQuery<Person, PageVariables>;
  /** The page in what was asked of a person, and where it stands. */
  readonly page: (person: Person | null, reading: Reading) => readonly [Page<Node> | null, Reading];
  readonly entry: (node: Node) => Entry;
}

interface HistoryProps<Person, Node> {
  readonly title: string;
  readonly subject: Subject;
  readonly kind: HistoryKind<Person, Node>;
}

const pageSize = 10;

/** A closed list with a button; nothing of it is read before the button is pressed. */
export function History<Person, Node>({ title, subject, kind }: HistoryProps<Person, Node>) {
  const { history } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
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
        cursors.map((cursor, position) => (
          <HistoryPage
            key={cursor ?? ''}
            title={title}
            subject={subject}
            kind={kind}
            after={cursor}
            onMore={
              position === cursors.length - 1 ? (next) => setCursors((known) => [...known, next]) : null
            }
          />
        ))}
    </div>
  );
}

interface HistoryPageProps<Person, Node> extends HistoryProps<Person, Node> {
  readonly after: string | null;
  /** Null where another page follows already. */
  readonly onMore: ((cursor: string) => void) | null;
}

function HistoryPage<Person, Node>({ title, subject, kind, after, onMore }: HistoryPageProps<Person, Node>) {
  const { frame, history } = useTexts();
  const view: PersonView<Person> = usePerson(subject, kind.query, { first: pageSize, after });
  if (view.answer === null) return <Progress label={frame.asking} />;
  const [page, reading] = kind.page(view.person, view.reading);
  const nodes: Part<readonly Node[]> = partOf(page?.nodes, reading);
  const next = page?.pageInfo?.hasNextPage === true ? page.pageInfo.endCursor : null;
  if (nodes.state === 'withheld') return <WithheldHistory title={title} view={view} part={nodes} />;
  if (nodes.state === 'none') return <output>{history.none}</output>;
  return (
    <>
      <ol className="entries">
        {nodes.value.map((node, position) => (
          // A page is never reordered, and its lines have no name of their own.
          // oxlint-disable-next-line react/no-array-index-key
          <HistoryEntry key={position} entry={kind.entry(node)} />
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

interface WithheldHistoryProps {
  readonly title: string;
  readonly view: Pick<PersonView<unknown>, 'asking' | 'again'>;
  readonly part: Extract<Part<unknown>, { readonly state: 'withheld' }>;
}

function WithheldHistory({ title, view, part: { failure } }: WithheldHistoryProps) {
  const { passcode } = useTexts();
  const { openUntil } = usePasscode();
  if (isMissing(failure)) {
    return <MissingMessage failure={failure} asking={view.asking} again={view.again} />;
  }
  return (
    <p className="locked-line">
      {openUntil === null && failure.code === 'PASSCODE_REQUIRED' && passcode.section}{' '}
      <Withheld failure={failure} what={title} />
    </p>
  );
}

function HistoryEntry({ entry: { title, facts } }: { readonly entry: Entry }) {
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
