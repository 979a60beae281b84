import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { FaultId } from '../components/fault-id.ts';
import { FormMessage } from '../components/form-message.tsx';
import { Progress } from '../components/progress.tsx';
import type { Countdown } from '../session/countdown.ts';
import { useTexts } from '../texts/use-texts.ts';

interface StepFormProps {
  readonly message: string | null;
  readonly isBusy: boolean;
  readonly wait: Countdown;
  readonly submitLabel: string;
  readonly busyLabel?: string;
  readonly onSubmit: () => void;
  readonly children?: ReactNode;
}

/** The form of a step: what went wrong on top, the one button below, a bar where it takes long. */
export function StepForm({
  message,
  isBusy,
  wait,
  submitLabel,
  busyLabel,
  onSubmit,
  children,
}: StepFormProps) {
  const { registration } = useTexts();
  const messageId = useId();
  const form = useRef<HTMLFormElement>(null);
  const isTried = useRef(false);
  useEffect(() => {
    if (!isTried.current || (message === null && isBusy)) return;
    isTried.current = false;
    // Whatever refused it, here or at the server: who sent the form goes on at what is wrong.
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [message, isBusy]);
  function submit(event: FormEvent): void {
    event.preventDefault();
    isTried.current = true;
    onSubmit();
  }
  const busy = busyLabel ?? registration.busy;
  return (
    <form ref={form} className="card-form" noValidate onSubmit={submit}>
      <FormMessage id={messageId} text={message} />
      <FaultId value={messageId}>{children}</FaultId>
      <button type="submit" className="button wide" disabled={isBusy || wait.left > 0}>
        {wait.left > 0 ? registration.waitLeft(wait.text) : isBusy ? busy : submitLabel}
      </button>
      <div aria-live="polite">{isBusy && <Progress label={busy} />}</div>
    </form>
  );
}
