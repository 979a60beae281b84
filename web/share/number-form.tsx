import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { CancelButton } from './cancel-button.tsx';
import type { StateProps } from './state-props.ts';
import { TimeLeft } from './time-left.tsx';
import { useShareTexts } from './texts/use-share-texts.ts';
import { useAction } from './use-action.ts';

/** The number that the phone shows, typed where the request began: nobody else's screen can finish it. */
export function NumberForm(props: StateProps) {
  const { handle, state, endsAt, onState } = props;
  const { number: texts, comeBack, unreachable } = useShareTexts();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [isShort, setShort] = useState(false);
  const { busy, error, run } = useAction(handle, 'number', onState);
  const { samePhone } = state;
  useEffect(() => {
    // On the phone itself the way back is a button there; the number is for a phone that came back elsewhere.
    if (!samePhone) input.current?.focus();
  }, [samePhone]);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setShort(typed.length !== 3);
    if (typed.length === 3 && (await run({ number: typed })) !== null) setTyped('');
    input.current?.focus();
  }
  const wrong = error === 'WRONG_NUMBER' ? texts.wrong(state.triesLeft) : null;
  const message = isShort ? texts.empty : error === 'UNREACHABLE' ? unreachable : wrong;
  return (
    <>
      <p>{samePhone ? comeBack.text : texts.text}</p>
      {samePhone && <p>{comeBack.orNumber}</p>}
      <form className="share-number" noValidate onSubmit={(event) => void submit(event)}>
        <div className="field">
          <label htmlFor={id}>{texts.field}</label>
          <input
            ref={input}
            id={id}
            className="share-digits"
            inputMode="numeric"
            autoComplete="off"
            maxLength={3}
            value={typed}
            aria-invalid={message !== null}
            aria-describedby={`${id}-message ${id}-warning`}
            onChange={(event) => setTyped(event.target.value.replaceAll(/\D/g, ''))}
          />
          <div role="alert" id={`${id}-message`}>
            {message !== null && <p className="form-message">{message}</p>}
          </div>
        </div>
        <button type="submit" className="button" disabled={busy}>
          {busy ? texts.busy : texts.submit}
        </button>
      </form>
      <p className="share-warning" id={`${id}-warning`}>
        {texts.warning}
      </p>
      <TimeLeft endsAt={endsAt} say={texts.left} />
      <div className="buttons">
        <CancelButton {...props} />
      </div>
    </>
  );
}
