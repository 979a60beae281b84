import { useState } from 'react';
import { FormField } from '../components/form-field.tsx';
import { ResumeRegistrationDocument } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { StepForm } from './step-form.tsx';
import { useStep } from './use-step.ts';

/** Goes on with a registration that was begun elsewhere. */
export function ResumeForm({ onResumed }: { readonly onResumed: () => void }) {
  const { registration } = useTexts();
  const { resume } = registration;
  const [typed, setTyped] = useState({ code: '', password: '' });
  const { send, message, isBusy, wait } = useStep(
    ResumeRegistrationDocument,
    (texts) => texts.registration.resume.wrong,
  );
  async function submit(): Promise<void> {
    const code = typed.code.replaceAll(/[\s-]/gu, '').toUpperCase();
    const data = await send({ input: { code, password: typed.password } });
    if (data !== null) onResumed();
  }
  return (
    <details className="section">
      <summary>{resume.title}</summary>
      <StepForm {...{ message, isBusy, wait }} submitLabel={resume.submit} onSubmit={() => void submit()}>
        <p>{resume.intro}</p>
        <FormField
          label={resume.code}
          maxLength={20}
          value={typed.code}
          onChange={(code) => setTyped({ ...typed, code })}
        />
        <FormField
          label={resume.password}
          type="password"
          autoComplete="current-password"
          maxLength={128}
          value={typed.password}
          onChange={(password) => setTyped({ ...typed, password })}
        />
      </StepForm>
    </details>
  );
}
