import { useState } from 'react';
import { Dialog } from '../components/dialog.tsx';
import { FormMessage } from '../components/form-message.tsx';
import { Screen } from '../components/screen.tsx';
import { formatInstant } from '../format/dates.ts';
import { type RegistrationStep, WithdrawRegistrationDocument } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { ChipStep } from './chip-step.tsx';
import { CodeStep } from './code-step.tsx';
import { IdentityStep } from './identity-step.tsx';
import { MatchStep } from './match-step.tsx';
import {
  mendableSteps,
  type OwnRegistration,
  placeOf,
  problemsBefore,
  problemsOf,
} from './own-registration.ts';
import { PasswordStep } from './password-step.tsx';
import { PortraitStep } from './portrait-step.tsx';
import { ReasonList } from './reason-list.tsx';
import { SubmitStep } from './submit-step.tsx';
import { TermsStep } from './terms-step.tsx';
import { useStep } from './use-step.ts';

interface WizardProps {
  readonly registration: OwnRegistration;
  readonly onChange: (registration: OwnRegistration) => void;
}

/** One step at a time, the one the server says is next; what is done can be done anew until it is sent in. */
export function Wizard({ registration, onChange }: WizardProps) {
  const { registration: texts } = useTexts();
  const place = placeOf(registration);
  const [mending, setMending] = useState<RegistrationStep | null>(null);
  const step = mending ?? place?.step ?? 'SUBMIT';
  const done = (changed: OwnRegistration): void => {
    setMending(null);
    onChange(changed);
  };
  const others = mendableSteps(registration).filter((one) => one !== step);
  const before = problemsBefore(registration, step);
  return (
    <Screen key={step} title={texts.steps[step]} windowTitle={`${texts.title}: ${texts.steps[step]}`} narrow>
      {place !== null && <StepLine number={place.number} of={place.of} />}
      <ReasonList reasons={problemsOf(registration, step)} />
      {before.length > 0 && <ReasonList reasons={before} onMend={setMending} />}
      <Step {...{ step, registration }} onDone={done} onEdit={() => setMending('IDENTITY')} />
      {others.length > 0 && (
        <div className="buttons">
          {others.map((one) => (
            <button key={one} type="button" className="button quiet" onClick={() => setMending(one)}>
              {texts.back}: {texts.steps[one]}
            </button>
          ))}
        </div>
      )}
      <FileFoot registration={registration} onWithdrawn={onChange} />
    </Screen>
  );
}

function StepLine({ number, of }: { readonly number: number; readonly of: number }) {
  const { registration } = useTexts();
  return (
    <div className="progress step-line">
      <p className="hint">{registration.stepOf(number, of)}</p>
      <progress value={number - 1} max={of} aria-label={registration.stepOf(number, of)} />
    </div>
  );
}

interface StepProps {
  readonly step: RegistrationStep;
  readonly registration: OwnRegistration;
  readonly onDone: (registration: OwnRegistration) => void;
  readonly onEdit: () => void;
}

function Step({ step, registration, onDone, onEdit }: StepProps) {
  switch (step) {
    case 'TERMS':
      return <TermsStep registration={registration} onDone={onDone} onEdit={onEdit} />;
    case 'CODE':
      return <CodeStep registration={registration} channel="PHONE" onDone={onDone} />;
    case 'PASSWORD':
      return <PasswordStep isRefused={problemsOf(registration, 'PASSWORD').length > 0} onDone={onDone} />;
    case 'MATCH':
      return <MatchStep onDone={onDone} />;
    case 'CHIP':
      return <ChipStep onDone={onDone} />;
    case 'PORTRAIT':
      return <PortraitStep onDone={onDone} />;
    case 'BIOMETRICS':
    case 'FORM':
    case 'CONSENTS':
    case 'SUBMIT':
      return <SubmitStep registration={registration} onDone={onDone} />;
    case 'CONTACT':
    case 'IDENTITY':
      return <IdentityStep registration={registration} onDone={onDone} />;
  }
}

interface FileFootProps {
  readonly registration: OwnRegistration;
  readonly onWithdrawn: (registration: OwnRegistration) => void;
}

/** The code of the file, how long it is kept, and the way out of it. */
function FileFoot({ registration, onWithdrawn }: FileFootProps) {
  const { registration: texts, frame, language } = useTexts();
  const [isAsking, setAsking] = useState(false);
  const { send, message, isBusy } = useStep(WithdrawRegistrationDocument);
  async function withdraw(): Promise<void> {
    const data = await send({});
    if (data === null) return;
    setAsking(false);
    onWithdrawn(data.withdrawRegistration);
  }
  return (
    <footer className="section file-foot">
      <p>
        {texts.codeOfFile}: <strong className="digits">{registration.code}</strong>
      </p>
      <p className="hint">{texts.codeOfFileHint}</p>
      {registration.expiresAt !== null && (
        <p className="hint">{texts.expires(formatInstant(registration.expiresAt, language))}</p>
      )}
      <button type="button" className="link" onClick={() => setAsking(true)}>
        {texts.withdraw}
      </button>
      {isAsking && (
        <Dialog title={texts.withdrawTitle} onClose={() => setAsking(false)}>
          <p>{texts.withdrawBody}</p>
          <FormMessage text={message} />
          <div className="buttons">
            <button type="button" className="button quiet" onClick={() => setAsking(false)}>
              {frame.cancel}
            </button>
            <button type="button" className="button danger" disabled={isBusy} onClick={() => void withdraw()}>
              {texts.withdrawYes}
            </button>
          </div>
        </Dialog>
      )}
    </footer>
  );
}
