import { MatchRegistrationDocument } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { OwnRegistration } from './own-registration.ts';
import { StepForm } from './step-form.tsx';
import { useStep } from './use-step.ts';

/** What was declared is compared with the national database; the person says when. */
export function MatchStep({ onDone }: { readonly onDone: (registration: OwnRegistration) => void }) {
  const { registration } = useTexts();
  const { match } = registration;
  const { send, message, isBusy, wait } = useStep(MatchRegistrationDocument);
  async function submit(): Promise<void> {
    const data = await send({});
    if (data !== null) onDone(data.matchRegistration);
  }
  return (
    <StepForm
      {...{ message, isBusy, wait }}
      submitLabel={match.submit}
      busyLabel={match.busy}
      onSubmit={() => void submit()}
    >
      <p>{match.intro}</p>
      <p className="hint">{match.logged}</p>
    </StepForm>
  );
}
