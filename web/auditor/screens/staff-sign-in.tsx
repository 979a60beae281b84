import { type FormEvent, useId, useState } from 'react';
import { useMutation } from 'urql';
import { answerOf } from '../../api/answer.ts';
import { deviceTitle } from '../../api/browser.ts';
import { FormMessage } from '../../components/form-message.tsx';
import { PasscodeField } from '../../components/passcode-field.tsx';
import { Progress } from '../../components/progress.tsx';
import { Screen } from '../../components/screen.tsx';
import { SignInDocument } from '../../generated/audit-operations.ts';
import { type Countdown, useCountdown } from '../../session/countdown.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';

interface StaffSignInProps {
  /** Why one stands here, where one did not just arrive. */
  readonly note: string | null;
  readonly onSignedIn: () => void;
}

/** The first screen of the console. A passcode is asked for once the server asks for it. */
export function StaffSignIn({ note, onSignedIn }: StaffSignInProps) {
  const { signIn, passcode: passcodeTexts } = useTexts();
  const { signIn: texts } = useConsoleTexts();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [passcode, setPasscode] = useState('');
  const { submit, message, busy, wait, needsPasscode } = useStaffSignIn(
    { username, password, passcode },
    onSignedIn,
  );
  const id = useId();
  return (
    <Screen title={texts.title} narrow>
      <p className="lead">{texts.intro}</p>
      {note !== null && <p className="message">{note}</p>}
      <form className="card-form" noValidate onSubmit={(event) => void submit(event)}>
        <FormMessage text={message} />
        <div className="field">
          <label htmlFor={`${id}-name`}>{texts.username}</label>
          <input
            id={`${id}-name`}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={64}
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-password`}>{signIn.password}</label>
          <input
            id={`${id}-password`}
            name="password"
            type="password"
            autoComplete="current-password"
            maxLength={128}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
        {needsPasscode && (
          <PasscodeField
            label={passcodeTexts.field}
            hint={texts.passcodeAsked}
            value={passcode}
            onChange={setPasscode}
            takesFocus
          />
        )}
        <button type="submit" className="button wide" disabled={busy || wait.left > 0}>
          {wait.left > 0 ? signIn.limitedLeft(wait.text) : busy ? signIn.busy : signIn.submit}
        </button>
        {busy && <Progress label={signIn.busy} />}
      </form>
    </Screen>
  );
}

interface SigningIn {
  readonly submit: (event: FormEvent) => Promise<void>;
  readonly message: string | null;
  readonly busy: boolean;
  readonly wait: Countdown;
  readonly needsPasscode: boolean;
}

function useStaffSignIn(
  typed: { readonly username: string; readonly password: string; readonly passcode: string },
  onSignedIn: () => void,
): SigningIn {
  const { signIn: words, errors } = useTexts();
  const { signIn: texts } = useConsoleTexts();
  const [message, setMessage] = useState<string | null>(null);
  const [needsPasscode, setNeeds] = useState(false);
  const [result, signIn] = useMutation(SignInDocument);
  const wait = useCountdown();
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const username = typed.username.trim();
    if (username === '' || typed.password === '') return setMessage(texts.empty);
    if (needsPasscode && !/^\d{6}$/.test(typed.passcode)) return setMessage(words.passcodeForm);
    setMessage(null);
    const passcode = needsPasscode ? typed.passcode : null;
    const input = { username, password: typed.password, passcode, device: deviceTitle(navigator.userAgent) };
    const [failure] = answerOf(await signIn({ input })).failures;
    if (failure === undefined) return onSignedIn();
    if (failure.code === 'RATE_LIMITED') wait.start(failure.retryAfterSeconds ?? 60);
    if (failure.code === 'PASSCODE_REQUIRED') {
      setMessage(needsPasscode ? words.wrongPasscode : null);
      return setNeeds(true);
    }
    const isWrong = failure.code === 'UNAUTHENTICATED' || failure.code === 'BAD_USER_INPUT';
    setMessage(
      isWrong ? texts.wrong : failure.code === 'RATE_LIMITED' ? words.limited : errors[failure.code],
    );
  }
  return {
    submit,
    message: wait.left === 0 && message === words.limited ? null : message,
    busy: result.fetching,
    wait,
    needsPasscode,
  };
}
