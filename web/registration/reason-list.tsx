import type { ReactNode } from 'react';
import type { RegistrationStep } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { fieldWord } from './field-word.ts';
import { type Reason, togetherOf } from './own-registration.ts';

/** The id of the list, for the fields that it is about. */
export const reasonsId = 'registration-reasons';

interface ReasonListProps {
  readonly reasons: readonly Reason[];
  /** Goes to the step at which a reason is mended; left out where nothing can be mended any more. */
  readonly onMend?: (step: RegistrationStep) => void;
}

/** Why something was refused, how to mend it, and who corrects what is wrong in the database. */
export function ReasonList({ reasons, onMend }: ReasonListProps) {
  return (
    <div role="alert" id={onMend === undefined ? reasonsId : undefined}>
      {reasons.length > 0 && (
        <ul className="reasons">
          {togetherOf(reasons).map(([first, fields]) => (
            <li key={`${first.code} ${first.step}`} className="message level">
              <ReasonBody reason={first} fields={fields}>
                {onMend !== undefined && first.step !== null && (
                  <MendButton step={first.step} onMend={onMend} />
                )}
              </ReasonBody>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface ReasonBodyProps {
  readonly reason: Reason;
  readonly fields: readonly (string | null)[];
  readonly children: ReactNode;
}

function ReasonBody({ reason, fields, children }: ReasonBodyProps) {
  const { code, step, text, howToMend, agency } = reason;
  const texts = useTexts();
  const { registration, agencies, language } = texts;
  const { standing } = registration;
  const names: Readonly<Record<string, string>> = agencies;
  // A code is about itself, not about the phone it was sent to.
  const about = step === 'CODE' ? '' : fields.flatMap((field) => fieldWord(field, texts) ?? []).join(', ');
  return (
    <div>
      <p className="message-title">{[about, text?.[language] ?? code].filter(Boolean).join(': ')}</p>
      {howToMend?.[language] != null && (
        <p>
          <strong>{standing.howToMend}:</strong> {howToMend[language]}
        </p>
      )}
      {agency !== null && (
        <p>
          {standing.wrongInDatabase} <span lang="vi">{names[agency] ?? agency}</span>.
        </p>
      )}
      {children}
    </div>
  );
}

interface MendButtonProps {
  readonly step: RegistrationStep;
  readonly onMend: (step: RegistrationStep) => void;
}

function MendButton({ step, onMend }: MendButtonProps) {
  const { registration } = useTexts();
  return (
    <button type="button" className="button quiet" onClick={() => onMend(step)}>
      {registration.back}: {registration.steps[step]}
    </button>
  );
}
