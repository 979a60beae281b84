import type { Subject } from '../api/place-of.ts';
import { isMissing, type Part, partOf, type Reading } from '../api/reading.ts';
import { type PersonQuery, type PersonView, usePerson } from '../api/use-person.ts';
import { usePasscode } from '../session/passcode.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { Withheld } from './fact.tsx';
import { type Entry, type Page, PagedList, PageLines, type PagePlace, pageSize } from './paged-list.tsx';
import { Progress } from './progress.tsx';
import { MissingMessage } from './section-messages.tsx';

/** What a page of a list is asked with. */
export interface PageVariables {
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** A list of a person that is read page by page, once somebody opens it. */
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

/** A history of a person, closed until somebody opens it. */
export function History<Person, Node>({ title, subject, kind }: HistoryProps<Person, Node>) {
  return (
    <PagedList
      title={title}
      renderPage={(place) => <HistoryPage title={title} subject={subject} kind={kind} {...place} />}
    />
  );
}

type HistoryPageProps<Person, Node> = HistoryProps<Person, Node> & PagePlace;

function HistoryPage<Person, Node>({ title, subject, kind, after, onMore }: HistoryPageProps<Person, Node>) {
  const { frame, history } = useTexts();
  const view: PersonView<Person> = usePerson(subject, kind.query, { first: pageSize, after });
  if (view.answer === null) return <Progress label={frame.asking} />;
  const [page, reading] = kind.page(view.person, view.reading);
  const nodes: Part<readonly Node[]> = partOf(page?.nodes, reading);
  if (nodes.state === 'withheld') return <WithheldHistory title={title} view={view} part={nodes} />;
  if (nodes.state === 'none') return <output>{history.none}</output>;
  return <PageLines nodes={nodes.value} entry={kind.entry} pageInfo={page?.pageInfo} onMore={onMore} />;
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
