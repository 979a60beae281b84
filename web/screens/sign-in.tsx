import { type FormEvent, useId, useState } from 'react';
import { useMutation } from 'urql';
import { answerOf } from '../api/answer.ts';
import { deviceTitle } from '../api/browser.ts';
import { FormMessage } from '../components/form-message.tsx';
import { PasscodeField } from '../components/passcode-field.tsx';
import { Progress } from '../components/progress.tsx';
import { Screen } from '../components/screen.tsx';
import { SignInDocument } from '../generated/operations.ts';
import { type Countdown, useCountdown } from '../session/countdown.ts';
import { hrefOf } from '../session/route.ts';
import { useTexts } from '../texts/use-texts.ts';
import { signInMessage } from './sign-in-message.ts';

interface SignInProps {
  /** Why the person stands here, where they did not just arrive. */
  readonly note: string | null;
  readonly onSignedIn: (passcodeUntil: string | null) => void;
}

/** What has been typed in. */
interface Typed {
  readonly username: string;
  readonly password: string;
  readonly passcode: string;
  readonly withPasscode: boolean;
}

const nothingTyped: Typed = { username: '', password: '', passcode: '', withPasscode: false };

/** The first screen. It never tells whether a number exists: a wrong number and a wrong password read alike. */
export function SignIn({ note, onSignedIn }: SignInProps) {
  const texts = useTexts();
  const { signIn } = texts;
  const [typed, setTyped] = useState(nothingTyped);
  const { submit, message, busy, wait } = useSignIn(typed, onSignedIn);
  const change = (part: Partial<Typed>): void => setTyped((last) => ({ ...last, ...part }));
  return (
    <Screen title={signIn.title} narrow>
      <p className="lead">{signIn.intro}</p>
      {note !== null && <p className="message">{note}</p>}
      <form className="card-form" noValidate onSubmit={(event) => void submit(event)}>
        <FormMessage text={message} />
        <NumberField value={typed.username} onChange={(username) => change({ username })} />
        <PasswordField value={typed.password} onChange={(password) => change({ password })} />
        <label className="tick">
          <input
            type="checkbox"
            checked={typed.withPasscode}
            onChange={(event) => change({ withPasscode: event.target.checked, passcode: '' })}
          />
          <span>
            {signIn.withPasscode}
            <span className="hint line">{signIn.withPasscodeHint}</span>
          </span>
        </label>
        {typed.withPasscode && (
          <PasscodeField
            label={texts.passcode.field}
            value={typed.passcode}
            onChange={(passcode) => change({ passcode })}
          />
        )}
        <button type="submit" className="button wide" disabled={busy || wait.left > 0}>
          {wait.left > 0 ? signIn.limitedLeft(wait.text) : busy ? signIn.busy : signIn.submit}
        </button>
        {busy && <Progress label={signIn.busy} />}
      </form>
      <LostAccess />
      <p className="after-form">
        {texts.registration.offer} <a href={hrefOf({ screen: 'register' })}>{texts.registration.offerLink}</a>
        <a className="line" href={hrefOf({ screen: 'rules' })}>
          {texts.registration.toRules}
        </a>
      </p>
    </Screen>
  );
}

/** The ways back for who cannot get in. */
function LostAccess() {
  const { registration } = useTexts();
  const ways = ['password', 'device', 'phone'] as const;
  return (
    <div className="after-form">
      <p>{registration.lost}</p>
      <ul>
        {ways.map((id) => (
          <li key={id}>
            <a href={hrefOf({ screen: 'restore', id })}>{registration.lostLinks[id]}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface SigningIn {
  readonly submit: (event: FormEvent) => Promise<void>;
  readonly message: string | null;
  readonly busy: boolean;
  readonly wait: Countdown;
}

function useSignIn(typed: Typed, onSignedIn: SignInProps['onSignedIn']): SigningIn {
  const texts = useTexts();
  const [message, setMessage] = useState<string | null>(null);
  const [result, signIn] = useMutation(SignInDocument);
  const wait = useCountdown();
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const username = typed.username.replaceAll(/\s/g, '');
    if (username === '' || typed.password === '') return setMessage(texts.signIn.empty);
    if (typed.withPasscode && typed.passcode.length !== 6) return setMessage(texts.signIn.passcodeForm);
    setMessage(null);
    const input = {
      username,
      password: typed.password,
      passcode: typed.withPasscode ? typed.passcode : null,
      device: deviceTitle(navigator.userAgent),
    };
    const { data, failures } = answerOf(await signIn({ input }));
    const failure = failures[0];
    if (failure === undefined) return onSignedIn(data?.signIn.passcodeUntil ?? null);
    if (failure.code === 'RATE_LIMITED') wait.start(failure.retryAfterSeconds ?? 60);
    setMessage(signInMessage(failure.code, texts));
  }
  return {
    submit,
    message: wait.left === 0 && message === texts.signIn.limited ? null : message,
    busy: result.fetching,
    wait,
  };
}

interface FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function NumberField({ value, onChange }: FieldProps) {
  const { signIn } = useTexts();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{signIn.number}</label>
      <p className="hint" id={`${id}-hint`}>
        {signIn.numberHint}
      </p>
      <input
        id={id}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        inputMode="numeric"
        maxLength={64}
        value={value}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

function PasswordField({ value, onChange }: FieldProps) {
  const { signIn } = useTexts();
  const id = useId();
  const [isShown, setShown] = useState(false);
  return (
    <div className="field">
      <label htmlFor={id}>{signIn.password}</label>
      <div className="with-button">
        <input
          id={id}
          name="password"
          type={isShown ? 'text' : 'password'}
          autoComplete="current-password"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={128}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
        <button
          type="button"
          className="button quiet"
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? signIn.hidePassword : signIn.showPassword}
        </button>
      </div>
    </div>
  );
}
