import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
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
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (message !== null) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [message]);
  function submit(event: FormEvent): void {
    event.preventDefault();
    onSubmit();
  }
  const busy = busyLabel ?? registration.busy;
  return (
    <form ref={form} className="card-form" noValidate onSubmit={submit}>
      <FormMessage text={message} />
      {children}
      <button type="submit" className="button wide" disabled={isBusy || wait.left > 0}>
        {wait.left > 0 ? registration.waitLeft(wait.text) : isBusy ? busy : submitLabel}
      </button>
      {isBusy && <Progress label={busy} />}
    </form>
  );
}
