import { useState } from 'react';
import { deviceTitle } from '../api/browser.ts';
import { FormField } from '../components/form-field.tsx';
import { PasscodeField } from '../components/passcode-field.tsx';
import { ActivateAccountDocument, type RegistrationPurpose } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { StepForm } from './step-form.tsx';
import { useStep } from './use-step.ts';

interface ActivateFormProps {
  readonly purpose: RegistrationPurpose;
  readonly onActivated: (passcodeUntil: string | null) => void;
}

/** Opens an approved account on this device: the password that was set, and the passcode to be. */
export function ActivateForm({ purpose, onActivated }: ActivateFormProps) {
  const { registration } = useTexts();
  const { activate: words } = registration;
  const { title, intro, password, submit: label, busy } = words[purpose === 'DEVICE' ? 'DEVICE' : 'ACCOUNT'];
  const [typed, setTyped] = useState({ username: '', password: '', passcode: '', again: '' });
  const { send, message, field, isBusy, wait, say } = useStep(
    ActivateAccountDocument,
    (texts) => texts.registration.activate.wrong,
  );
  const change = (part: Partial<typeof typed>): void => setTyped({ ...typed, ...part });

  async function submit(): Promise<void> {
    if (!/^\d{6}$/u.test(typed.passcode)) return say((texts) => texts.signIn.passcodeForm, 'passcode');
    if (typed.passcode !== typed.again) return say((texts) => texts.registration.activate.differ, 'again');
    const { password, passcode } = typed;
    const username = typed.username.replaceAll(/\s/gu, '');
    const data = await send({
      input: { username, password, passcode, device: deviceTitle(navigator.userAgent) },
    });
    if (data !== null) onActivated(data.activateAccount.passcodeUntil);
  }

  return (
    <section aria-labelledby="activate-heading">
      <h2 id="activate-heading">{title}</h2>
      <p>{intro}</p>
      <StepForm
        {...{ message, isBusy, wait }}
        submitLabel={label}
        busyLabel={busy}
        onSubmit={() => void submit()}
      >
        <FormField
          label={words.username}
          autoComplete="username"
          inputMode="numeric"
          maxLength={64}
          value={typed.username}
          isWrong={field === 'username'}
          onChange={(username) => change({ username })}
        />
        <FormField
          label={password}
          type="password"
          autoComplete="current-password"
          maxLength={128}
          value={typed.password}
          isWrong={field === 'password'}
          onChange={(password) => change({ password })}
        />
        <NewPasscode passcode={typed.passcode} again={typed.again} wrong={field} onChange={change} />
      </StepForm>
    </section>
  );
}

interface NewPasscodeProps {
  readonly passcode: string;
  readonly again: string;
  /** The field that is at fault. */
  readonly wrong: string | null;
  readonly onChange: (part: { readonly passcode?: string; readonly again?: string }) => void;
}

function NewPasscode({ passcode, again, wrong, onChange }: NewPasscodeProps) {
  const { registration } = useTexts();
  const { activate: words } = registration;
  return (
    <>
      <PasscodeField
        label={words.passcode}
        hint={words.passcodeHint}
        value={passcode}
        isWrong={wrong === 'passcode'}
        onChange={(typed) => onChange({ passcode: typed })}
      />
      <PasscodeField
        label={words.again}
        value={again}
        isWrong={wrong === 'again'}
        onChange={(typed) => onChange({ again: typed })}
      />
    </>
  );
}
