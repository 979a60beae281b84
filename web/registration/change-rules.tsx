import { useQuery } from 'urql';
import { answerOf } from '../api/answer.ts';
import { Progress } from '../components/progress.tsx';
import { MissingMessage } from '../components/section-messages.tsx';
import { ChangeRulesDocument, type RegistrationPurpose } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';

interface ChangeRulesProps {
  readonly purpose: RegistrationPurpose;
  /** Whether the account still has its old number, and one is signed in. */
  readonly byOldNumber: boolean;
}

/** How a change is proved, how long it waits, and where it is done in person: as the rules of today say it. */
export function ChangeRules({ purpose, byOldNumber }: ChangeRulesProps) {
  const { registration: texts, language } = useTexts();
  const [result, ask] = useQuery({ query: ChangeRulesDocument, requestPolicy: 'network-only' });
  const { data, failures } = answerOf(result);
  const again = (): void => ask({ requestPolicy: 'network-only' });
  const [failure] = failures;
  if (failure !== undefined)
    return <MissingMessage failure={failure} asking={result.fetching} again={again} />;
  const rule = data?.registrationRules?.changes?.find(
    (one) => one.purpose === purpose && one.byOldNumber === byOldNumber,
  );
  if (rule === undefined) return <Progress label={texts.asking} />;
  const { delayHours, text, inPerson } = rule;
  return (
    <section className="section" aria-label={texts.change.rules}>
      <p>{text?.[language]}</p>
      {delayHours !== null && delayHours > 0 && (
        <p>
          <strong>{texts.change.waits(delayHours)}</strong>
        </p>
      )}
      <p>
        <strong>{texts.change.inPerson}:</strong> {inPerson?.[language]}
      </p>
    </section>
  );
}
