import { useState } from 'react';
import { FormField } from '../components/form-field.tsx';
import { Icon } from '../components/icon.tsx';
import { type RegistrationPurpose, SetRegistrationPasswordDocument } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { OwnRegistration } from './own-registration.ts';
import { missingRules, passwordRules } from './password-rules.ts';
import type { PasswordRule } from './password-rules.ts';
import { reasonsId } from './reason-list.tsx';
import { StepForm } from './step-form.tsx';
import { type Saying, useStep } from './use-step.ts';

interface PasswordStepProps {
  readonly purpose: RegistrationPurpose;
  /** Whether the server refused the last one; its reasons stand above. */
  readonly isRefused: boolean;
  readonly onDone: (registration: OwnRegistration) => void;
}

/** The password from then on, typed twice; what it still lacks is told while it is typed. */
export function PasswordStep({ purpose, isRefused, onDone }: PasswordStepProps) {
  const { registration } = useTexts();
  const { password: words } = registration;
  const [typed, setTyped] = useState({ first: '', second: '' });
  const { send, message, field, isBusy, wait, say } = useStep(SetRegistrationPasswordDocument);
  const missing = missingRules(typed.first);

  async function submit(): Promise<void> {
    if (missing.length > 0) {
      return say(lacking(missing), 'password');
    }
    if (typed.first !== typed.second) return say((texts) => texts.registration.password.differ, 'again');
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
        isWrong={field === 'password' || (message === null && isRefused)}
        faultId={reasonsId}
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
        isWrong={field === 'again'}
        onChange={(second) => setTyped({ ...typed, second })}
      />
    </StepForm>
  );
}

/** What a password still lacks, in a sentence. */
function lacking(missing: readonly PasswordRule[]): Saying {
  return ({ registration: { password: words } }) =>
    `${words.rulesTitle}: ${missing.map((rule) => words.rules[rule]).join(', ')}.`;
}
