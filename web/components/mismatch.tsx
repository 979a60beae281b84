import type { Notice } from '../api/answer.ts';
import { formatDate } from '../format/dates.ts';
import { isSameName } from '../format/names.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Fact } from './fact.tsx';
import { Icon } from './icon.tsx';
import { agencyName } from './section-messages.tsx';

/** The holder as a registry wrote them on a document. */
interface Holder {
  readonly holderName: string | null;
  readonly holderDateOfBirth: string | null;
}

interface MismatchProps {
  readonly notices: readonly Notice[];
  /** The service whose documents these are. */
  readonly service: string;
  readonly person: {
    readonly __typename: string;
    readonly fullName: string | null;
    readonly dateOfBirth: string | null;
  };
  readonly holders: readonly Holder[];
}

/** Two sources that disagree about one person: both values, and who corrects them. */
export function Mismatch({ notices, service, person, holders }: MismatchProps) {
  const { source, agencies, language } = useTexts();
  const shown = notices.filter((notice) => notice.source === service);
  if (shown.length === 0) return null;
  const home = person.__typename === 'ForeignResident' ? source.foreignHome : source.mismatchPopulation;
  return (
    <div className="message differ">
      <Icon name="differ" />
      <div>
        <p className="message-title">{source.mismatchTitle}</p>
        {shown.map((notice) => {
          const isName = notice.field === 'holderName';
          const show = (value: string): string => (isName ? value : formatDate(value, language));
          const first = isName ? person.fullName : person.dateOfBirth;
          const others = differing(isName, first, holders);
          return (
            <div key={notice.field}>
              <p className="entry-title">{isName ? source.mismatchName : source.mismatchBirth}</p>
              <dl className="facts compact">
                <Fact term={home} value={first === null ? source.missingValue : show(first)} />
                <Fact
                  term={agencyName(agencies, service) ?? notice.agency}
                  value={others.map(show).join('; ')}
                />
              </dl>
            </div>
          );
        })}
        <p>{source.mismatchNext(agencyName(agencies, service) ?? shown[0]?.agency ?? '')}</p>
      </div>
    </div>
  );
}

/** The values that differ from the first, each once. */
function differing(isName: boolean, first: string | null, holders: readonly Holder[]): readonly string[] {
  const values = holders.flatMap(({ holderName, holderDateOfBirth }) => {
    const value = isName ? holderName : holderDateOfBirth;
    if (value === null) return [];
    const same = first !== null && (isName ? isSameName(first, value) : first === value);
    return same ? [] : [value];
  });
  return [...new Set(values)];
}
