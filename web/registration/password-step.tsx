import { useState } from 'react';
import { FormField } from '../components/form-field.tsx';
import { Icon } from '../components/icon.tsx';
import { type RegistrationPurpose, SetRegistrationPasswordDocument } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { OwnRegistration } from './own-registration.ts';
import { missingRules, passwordRules } from './password-rules.ts';
import { StepForm } from './step-form.tsx';
import { useStep } from './use-step.ts';

interface PasswordStepProps {
  readonly purpose: RegistrationPurpose;
  readonly onDone: (registration: OwnRegistration) => void;
}

/** The password from then on, typed twice; what it still lacks is told while it is typed. */
export function PasswordStep({ purpose, onDone }: PasswordStepProps) {
  const { registration } = useTexts();
  const { password: words } = registration;
  const [typed, setTyped] = useState({ first: '', second: '' });
  const { send, message, isBusy, wait, say } = useStep(SetRegistrationPasswordDocument);
  const missing = missingRules(typed.first);

  async function submit(): Promise<void> {
    if (missing.length > 0) {
      const lacks = missing.map((rule) => words.rules[rule]).join(', ');
      return say(`${words.rulesTitle}: ${lacks}.`, 'password');
    }
    if (typed.first !== typed.second) return say(words.differ, 'again');
    const data = await send({ password: typed.first });
    if (data !== null) onDone(data.setRegistrationPassword);
  }

  return (
    <StepForm {...{ message, isBusy, wait }} submitLabel={words.submit} onSubmit={() => void submit()}>
      <p>{registration.purposes[purpose].password}</p>
      <FormField
        label={words.field}
        type="password"
        autoComplete="new-password"
        maxLength={20}
        value={typed.first}
        isWrong={message !== null}
        onChange={(first) => setTyped({ ...typed, first })}
      />
      <div>
        <p className="hint">{words.rulesTitle}</p>
        <ul className="rule-list">
          {passwordRules.map((rule) => (
            <li key={rule} className={missing.includes(rule) ? 'unmet' : 'met'}>
              <Icon name={missing.includes(rule) ? 'missing' : 'done'} /> {words.rules[rule]}
              <span className="heard">: {missing.includes(rule) ? words.unmet : words.met}</span>
            </li>
          ))}
        </ul>
      </div>
      <FormField
        label={words.again}
        type="password"
        autoComplete="new-password"
        maxLength={20}
        value={typed.second}
        isWrong={message === words.differ}
        onChange={(second) => setTyped({ ...typed, second })}
      />
    </StepForm>
  );
}
