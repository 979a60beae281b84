import { type FormEvent, useState } from 'react';
import { useMutation } from 'urql';
import { answerOf } from '../api/answer.ts';
import { Dialog } from '../components/dialog.tsx';
import { FormMessage } from '../components/form-message.tsx';
import { PasscodeField } from '../components/passcode-field.tsx';
import { ConfirmPasscodeDocument } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useCountdown } from './countdown.ts';

interface PasscodeDialogProps {
  readonly onOpened: (until: string | null) => void;
  readonly onClose: () => void;
}

/** The one place where the passcode is asked for once signed in. */
export function PasscodeDialog({ onOpened, onClose }: PasscodeDialogProps) {
  const { passcode: texts, signIn: signInTexts, frame, errors } = useTexts();
  const [passcode, setPasscode] = useState('');
  const [message, setMessage] = useState<string | null>(null);
  const [result, confirm] = useMutation(ConfirmPasscodeDocument);
  const wait = useCountdown();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!/^\d{6}$/.test(passcode)) return setMessage(signInTexts.passcodeForm);
    const answer = answerOf(await confirm({ passcode }));
    const failure = answer.failures[0];
    if (failure === undefined) {
      onOpened(answer.data?.confirmPasscode.passcodeUntil ?? null);
      return onClose();
    }
    setPasscode('');
    if (failure.code === 'RATE_LIMITED') {
      wait.start(failure.retryAfterSeconds ?? 60);
      return setMessage(signInTexts.limited);
    }
    setMessage(failure.code === 'PASSCODE_REQUIRED' ? texts.wrong : errors[failure.code]);
  }

  return (
    <Dialog title={texts.title} onClose={onClose}>
      <p>{texts.intro}</p>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <FormMessage text={message} />
        <PasscodeField label={texts.field} value={passcode} onChange={setPasscode} takesFocus />
        <div className="buttons">
          <button type="submit" className="button" disabled={result.fetching || wait.left > 0}>
            {wait.left > 0 ? signInTexts.limitedLeft(wait.text) : result.fetching ? texts.busy : texts.submit}
          </button>
          <button type="button" className="button quiet" onClick={onClose}>
            {frame.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
