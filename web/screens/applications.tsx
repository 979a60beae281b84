import { useState } from 'react';
import { isMissing } from '../api/reading.ts';
import { Progress } from '../components/progress.tsx';
import { Screen } from '../components/screen.tsx';
import { MissingMessage } from '../components/section-messages.tsx';
import { DecisionButtons } from '../parties/decision-buttons.tsx';
import { PartyMark } from '../parties/party-mark.tsx';
import { RegistrationFacts } from '../parties/registration-facts.tsx';
import { callOf } from '../parties/relying-party.ts';
import { SuspendForm } from '../parties/suspend-form.tsx';
import { useApplications } from '../parties/use-applications.ts';
import { useTexts } from '../texts/use-texts.ts';

/** What waits for an operator: who applies, what they would ask, and the decision. */
export function Applications() {
  const { applications: texts, frame, errors } = useTexts();
  const { list, next, failure, asking, more, decided } = useApplications();
  const [said, setSaid] = useState<string | null>(null);
  const onDecided = (id: string, words: string): void => {
    decided(id);
    setSaid(words);
  };
  return (
    <Screen title={texts.title}>
      {failure === null && <p className="lead">{texts.intro}</p>}
      <output className="said">{said}</output>
      {asking && list === null && <Progress label={frame.asking} />}
      {failure !== null &&
        (isMissing(failure) ? (
          <MissingMessage failure={failure} asking={asking} again={more} />
        ) : (
          <p className="message">{failure.code === 'NOT_PERMITTED' ? texts.refused : errors[failure.code]}</p>
        ))}
      {list?.length === 0 && <p className="message">{texts.none}</p>}
      {list !== null && list.length > 0 && (
        <ul className="parties">
          {list.map((party) => (
            <li key={party.id} className="party sandbox">
              <div className="consent-head">
                <h2 lang="vi">{callOf(party)}</h2>
                {party.state !== null && <PartyMark state={party.state} />}
              </div>
              <RegistrationFacts party={party} withOrganisation />
              <DecisionButtons party={party} onDecided={onDecided} />
            </li>
          ))}
        </ul>
      )}
      {next !== null && (
        <button type="button" className="button small" disabled={asking} onClick={more}>
          {frame.more}
        </button>
      )}
      {list !== null && <SuspendForm onDecided={decided} />}
    </Screen>
  );
}
