import { useTexts } from '../texts/use-texts.ts';
import { placeIn } from './draft.ts';
import type { PartyProblem } from './relying-party.ts';

interface ProblemListProps {
  /** By which the field names it as its description; it stands there even while there is none. */
  readonly id?: string;
  readonly problems: readonly PartyProblem[];
}

/** What is wrong with a field and what to do, in the words of the service that checks it. */
export function ProblemList({ id, problems }: ProblemListProps) {
  const { parties, language } = useTexts();
  return (
    <div id={id} className="field-problems">
      {problems.map(({ field, code, hint }) => {
        const place = placeIn(field);
        return (
          <p key={`${field} ${code}`} className="field-problem">
            {place !== null && <strong>{parties.form.place(place)}: </strong>}
            {hint?.[language] ?? code}
          </p>
        );
      })}
    </div>
  );
}
