import { SubmitRegistrationDocument } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { type OwnRegistration, purposeOf } from './own-registration.ts';
import { ReviewFacts } from './review-facts.tsx';
import { StepForm } from './step-form.tsx';
import { useStep } from './use-step.ts';

interface SubmitStepProps {
  readonly registration: OwnRegistration;
  readonly onDone: (registration: OwnRegistration) => void;
}

/** The last look, and sending in. */
export function SubmitStep({ registration, onDone }: SubmitStepProps) {
  const { registration: texts } = useTexts();
  const words = texts.purposes[purposeOf(registration)];
  const { send, message, isBusy, wait } = useStep(SubmitRegistrationDocument);
  async function submit(): Promise<void> {
    const data = await send({});
    if (data !== null) onDone(data.submitRegistration);
  }
  return (
    <>
      <p className="lead">{words.sendIntro}</p>
      {registration.review !== null && (
        <section className="section">
          <ReviewFacts registration={registration} />
        </section>
      )}
      <StepForm
        {...{ message, isBusy, wait }}
        submitLabel={words.send}
        busyLabel={words.sending}
        onSubmit={() => void submit()}
      >
        <h2>{texts.nextTitle}</h2>
        <ol className="steps">
          {words.sendNext.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </StepForm>
    </>
  );
}
