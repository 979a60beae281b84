import { type FormEvent, useState } from 'react';
import { useClient, useMutation } from 'urql';
import { answerOf, type Failure } from '../api/answer.ts';
import { Dialog } from '../components/dialog.tsx';
import { FormMessage } from '../components/form-message.tsx';
import { Icon } from '../components/icon.tsx';
import { PasscodeField } from '../components/passcode-field.tsx';
import { ConfirmPasscodeDocument } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { ConfirmWords } from './confirm-words.ts';
import { type Countdown, useCountdown } from './countdown.ts';
import { confirmByPasskey } from './passkey.ts';

interface PasscodeDialogProps {
  /** What is confirmed; null where sensitive details are opened. */
  readonly words: ConfirmWords | null;
  /** Whether a passkey serves as well. */
  readonly hasPasskey: boolean;
  readonly onOpened: (until: string | null) => void;
  readonly onClose: () => void;
}

/** The one place where the passcode, or a passkey in its stead, is asked for once signed in. */
export function PasscodeDialog({ words, hasPasskey, onOpened, onClose }: PasscodeDialogProps) {
  const { passcode: texts, signIn: signInTexts, frame, passkeys } = useTexts();
  const [passcode, setPasscode] = useState('');
  const { send, byPasskey, message, isBusy, wait } = useConfirmation((until) => {
    onOpened(until);
    onClose();
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    void send(passcode);
    // What was sent is not kept; what lacks digits can be completed.
    if (passcode.length === 6) setPasscode('');
  }

  const label = words?.submit ?? texts.submit;
  const limited = wait.left > 0;
  return (
    <Dialog title={words?.title ?? texts.title} onClose={onClose}>
      <p>{words?.intro ?? texts.intro}</p>
      <form onSubmit={submit} noValidate>
        <FormMessage text={message} />
        <PasscodeField label={texts.field} value={passcode} onChange={setPasscode} takesFocus />
        <div className="buttons">
          <button type="submit" className="button" disabled={isBusy || limited}>
            {limited ? signInTexts.limitedLeft(wait.text) : isBusy ? texts.busy : label}
          </button>
          <button type="button" className="button quiet" onClick={onClose}>
            {frame.cancel}
          </button>
        </div>
        {hasPasskey && (
          <div className="or-passkey">
            <span className="hint">{passkeys.or}</span>
            <button type="button" className="button quiet" disabled={isBusy} onClick={() => void byPasskey()}>
              <Icon name="key" /> {isBusy ? passkeys.busy : passkeys.use}
            </button>
          </div>
        )}
      </form>
    </Dialog>
  );
}

interface Confirmation {
  readonly send: (passcode: string) => Promise<void>;
  readonly byPasskey: () => Promise<void>;
  readonly message: string | null;
  readonly isBusy: boolean;
  readonly wait: Countdown;
}

function useConfirmation(done: (until: string | null) => void): Confirmation {
  const { passcode: texts, signIn: signInTexts, passkeys, errors } = useTexts();
  const client = useClient();
  const [message, setMessage] = useState<string | null>(null);
  const [isWaiting, setWaiting] = useState(false);
  const [result, confirm] = useMutation(ConfirmPasscodeDocument);
  const wait = useCountdown();

  function limited({ retryAfterSeconds }: Failure): void {
    wait.start(retryAfterSeconds ?? 60);
    setMessage(signInTexts.limited);
  }

  async function send(passcode: string): Promise<void> {
    if (!/^\d{6}$/.test(passcode)) return setMessage(signInTexts.passcodeForm);
    const answer = answerOf(await confirm({ passcode }));
    const failure = answer.failures[0];
    if (failure === undefined) return done(answer.data?.confirmPasscode.passcodeUntil ?? null);
    if (failure.code === 'RATE_LIMITED') return limited(failure);
    setMessage(failure.code === 'PASSCODE_REQUIRED' ? texts.wrong : errors[failure.code]);
  }

  async function byPasskey(): Promise<void> {
    setWaiting(true);
    const { value, fault, failure } = await confirmByPasskey(client);
    setWaiting(false);
    if (value !== null) return done(value.until);
    if (fault !== null) return setMessage(passkeys.failures[fault]);
    if (failure.code === 'RATE_LIMITED') return limited(failure);
    const isOurs = failure.code === 'PASSCODE_REQUIRED' || failure.code === 'BAD_USER_INPUT';
    setMessage(isOurs ? passkeys.failures.REFUSED : errors[failure.code]);
  }

  return { send, byPasskey, message, isBusy: result.fetching || isWaiting, wait };
}
