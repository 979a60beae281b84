import { useState } from 'react';
import { Screen } from '../components/screen.tsx';
import type { RegistrationStep } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { ChipStep } from './chip-step.tsx';
import { CodeStep } from './code-step.tsx';
import { FileFoot } from './file-foot.tsx';
import { IdentityStep } from './identity-step.tsx';
import { MatchStep } from './match-step.tsx';
import {
  codeChannelOf,
  mendableSteps,
  type OwnRegistration,
  placeOf,
  problemsBefore,
  problemsOf,
  purposeOf,
} from './own-registration.ts';
import { PasswordStep } from './password-step.tsx';
import { PortraitStep } from './portrait-step.tsx';
import { ReasonList } from './reason-list.tsx';
import { SubmitStep } from './submit-step.tsx';
import { TermsStep } from './terms-step.tsx';

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
  const words = texts.purposes[purposeOf(registration)];
  const title = step === 'SUBMIT' ? words.send : texts.steps[step];
  const others = mendableSteps(registration).filter((one) => one !== step);
  const before = problemsBefore(registration, step);
  return (
    <Screen key={step} title={title} windowTitle={`${words.title}: ${title}`} narrow>
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
      return <NextCode registration={registration} onDone={onDone} />;
    case 'PASSWORD':
      return (
        <PasswordStep
          purpose={purposeOf(registration)}
          isRefused={problemsOf(registration, 'PASSWORD').length > 0}
          onDone={onDone}
        />
      );
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

/** Several ways may have to be confirmed, one after the other. */
function NextCode({ registration, onDone }: Pick<StepProps, 'registration' | 'onDone'>) {
  const channel = codeChannelOf(registration);
  return <CodeStep key={channel} registration={registration} channel={channel} onDone={onDone} />;
}
