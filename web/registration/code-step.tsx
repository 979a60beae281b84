import { useEffect, useId, useRef, useState } from 'react';
import { useFaultId } from '../components/fault-id.ts';
import { Progress } from '../components/progress.tsx';
import { FormMessage } from '../components/form-message.tsx';
import { formatCountdown } from '../format/numbers.ts';
import {
  ConfirmRegistrationCodeDocument,
  type ContactChannel,
  SendRegistrationCodeDocument,
} from '../generated/operations.ts';
import { hrefOf } from '../session/route.ts';
import { useSecondsUntil } from '../session/countdown.ts';
import { useTexts } from '../texts/use-texts.ts';
import { type OwnRegistration, problemsOf } from './own-registration.ts';
import { reasonsId } from './reason-list.tsx';
import { StepForm } from './step-form.tsx';
import { useStep } from './use-step.ts';

interface CodeStepProps {
  readonly registration: OwnRegistration;
  readonly channel: ContactChannel;
  readonly onDone: (registration: OwnRegistration) => void;
}

/** A code is sent, to a number or address that was declared or to the number the account has, and typed in. */
export function CodeStep({ registration, channel, onDone }: CodeStepProps) {
  const { registration: texts } = useTexts();
  const { code: words } = texts;
  const contact = registration.contacts?.find((one) => one.channel === channel);
  const [code, setCode] = useState('');
  const { send, message, field, isBusy, wait, say } = useStep(ConfirmRegistrationCodeDocument);
  const left = useSecondsUntil(Date.parse(contact?.codeUntil ?? '') || 0);
  const isSent = contact?.codeUntil != null;
  const isRefused = problemsOf(registration, 'CODE').length > 0;

  async function submit(): Promise<void> {
    if (!/^\d{6}$/u.test(code)) return say((now) => now.registration.code.form, 'code');
    const data = await send({ channel, code });
    setCode('');
    if (data !== null) onDone(data.confirmRegistrationCode);
  }

  const masked = contact?.masked ?? '';
  const intros = {
    PHONE: words.intro(masked),
    EMAIL: words.introEmail(masked),
    ACCOUNT_PHONE: words.introAccount,
  };
  return (
    <>
      <p className="lead">{intros[channel]}</p>
      {channel === 'ACCOUNT_PHONE' && (
        <p>
          {words.noPhone} <a href={hrefOf({ screen: 'restore', id: 'phone' })}>{words.noPhoneLink}</a>
        </p>
      )}
      <p className="hint">{words.never}</p>
      <SendCode registration={registration} channel={channel} onSent={onDone} />
      {isSent && (
        <StepForm {...{ message, isBusy, wait }} submitLabel={words.submit} onSubmit={() => void submit()}>
          <p className="hint">{left > 0 ? words.validFor(formatCountdown(left)) : words.over}</p>
          <CodeField
            value={code}
            fault={field === 'code' ? 'form' : isRefused ? 'server' : null}
            onChange={setCode}
          />
        </StepForm>
      )}
    </>
  );
}

interface CodeFieldProps {
  readonly value: string;
  /** Where it is said what is wrong with it: at the form, or, by the server, above. */
  readonly fault: 'form' | 'server' | null;
  readonly onChange: (value: string) => void;
}

/** Takes the focus when it appears: the code has just been sent. */
function CodeField({ value, fault, onChange }: CodeFieldProps) {
  const { registration } = useTexts();
  const id = useId();
  const formFault = useFaultId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <div className="field">
      <label htmlFor={id}>{registration.code.field}</label>
      <input
        ref={input}
        id={id}
        className="passcode"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        value={value}
        aria-invalid={fault !== null}
        aria-describedby={fault === null ? undefined : fault === 'form' ? formFault : reasonsId}
        onChange={(event) => onChange(event.target.value.replaceAll(/\D/gu, ''))}
      />
    </div>
  );
}

interface SendCodeProps {
  readonly registration: OwnRegistration;
  readonly channel: ContactChannel;
  readonly onSent: (registration: OwnRegistration) => void;
}

function SendCode({ registration, channel, onSent }: SendCodeProps) {
  const { registration: texts } = useTexts();
  const { code: words } = texts;
  const { send, message, isBusy, wait } = useStep(SendRegistrationCodeDocument);
  const contact = registration.contacts?.find((one) => one.channel === channel);
  const pause = useSecondsUntil(Date.parse(contact?.nextCodeAt ?? '') || 0);
  const left = Math.max(pause, wait.left);
  const isSent = contact?.codeUntil != null;
  async function ask(): Promise<void> {
    const data = await send({ channel });
    if (data !== null) onSent(data.sendRegistrationCode);
  }
  const label = isSent ? words.again : words.send;
  return (
    <div className="buttons">
      <FormMessage text={message} />
      <button
        type="button"
        className={isSent ? 'button quiet' : 'button'}
        disabled={isBusy || left > 0}
        onClick={() => void ask()}
      >
        {left > 0 ? words.againIn(formatCountdown(left)) : label}
      </button>
      {isBusy && <Progress label={texts.busy} />}
    </div>
  );
}
