import { useState } from 'react';
import { AcceptTermsDocument } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useFaultId } from '../components/fault-id.ts';
import type { OwnRegistration } from './own-registration.ts';
import { ReviewFacts } from './review-facts.tsx';
import { StepForm } from './step-form.tsx';
import { useStep } from './use-step.ts';

interface TermsStepProps {
  readonly registration: OwnRegistration;
  readonly onDone: (registration: OwnRegistration) => void;
  readonly onEdit: () => void;
}

/** The review of what was declared, and the terms; nothing is ticked beforehand. */
export function TermsStep({ registration, onDone, onEdit }: TermsStepProps) {
  const { registration: texts, language } = useTexts();
  const { review, terms: words } = texts;
  const { terms } = registration;
  const [isAgreed, setAgreed] = useState(false);
  const { send, message, field, isBusy, wait, say } = useStep(AcceptTermsDocument);

  async function submit(): Promise<void> {
    if (!isAgreed) return say((now) => now.registration.terms.needed, 'accepted');
    const data = await send({ version: terms?.version ?? '', accepted: true });
    if (data !== null) onDone(data.acceptTerms);
  }

  return (
    <>
      <section className="section" aria-labelledby="review-heading">
        <h2 id="review-heading">{review.title}</h2>
        <p>{review.intro}</p>
        <ReviewFacts registration={registration} />
        <div className="buttons">
          <button type="button" className="button quiet" onClick={onEdit}>
            {review.edit}
          </button>
        </div>
      </section>
      <StepForm {...{ message, isBusy, wait }} submitLabel={words.submit} onSubmit={() => void submit()}>
        <p>{terms?.text?.[language]}</p>
        <p className="hint">
          {terms?.version != null && words.version(terms.version)}{' '}
          {terms?.url != null && (
            <a href={terms.url} target="_blank" rel="noreferrer">
              {words.whole}
            </a>
          )}
        </p>
        <Agreement isAgreed={isAgreed} isWrong={field === 'accepted'} onChange={setAgreed} />
      </StepForm>
    </>
  );
}

interface AgreementProps {
  readonly isAgreed: boolean;
  readonly isWrong: boolean;
  readonly onChange: (isAgreed: boolean) => void;
}

function Agreement({ isAgreed, isWrong, onChange }: AgreementProps) {
  const { registration } = useTexts();
  const fault = useFaultId();
  return (
    <label className="tick">
      <input
        type="checkbox"
        checked={isAgreed}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? fault : undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{registration.terms.agree}</span>
    </label>
  );
}
