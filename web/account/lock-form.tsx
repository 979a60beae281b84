import { type FormEvent, useState } from 'react';
import { useMutation } from 'urql';
import { answerOf } from '../api/answer.ts';
import { Dialog } from '../components/dialog.tsx';
import { FormMessage } from '../components/form-message.tsx';
import { Progress } from '../components/progress.tsx';
import { LockAccountDocument, type LockReason } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';

/** The reasons an owner may give; the others are an authority's. */
const ownReasons = [
  'LOST_DEVICE',
  'SUSPECTED_MISUSE',
  'OWNER_REQUEST',
] as const satisfies readonly LockReason[];

type OwnReason = (typeof ownReasons)[number];

/** Locks one's own account: what will happen, a reason, and a second question before it is done. */
export function LockForm({ onLocked }: { readonly onLocked: () => void }) {
  const { account: texts, words } = useTexts();
  const [reason, setReason] = useState<OwnReason | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const [isConfirming, setConfirming] = useState(false);
  function submit(event: FormEvent): void {
    event.preventDefault();
    setMessage(reason === null ? texts.lockChoose : null);
    setConfirming(reason !== null);
  }
  return (
    <section className="section" aria-labelledby="lock-heading">
      <h2 id="lock-heading">{texts.lockTitle}</h2>
      <p>{texts.lockIntro}</p>
      <h3>{texts.lockNextTitle}</h3>
      <ol className="steps">
        {texts.lockNext.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="hint">{texts.lockNotClosed}</p>
      <form noValidate onSubmit={submit}>
        <FormMessage text={message} />
        <fieldset>
          <legend>{texts.lockReason}</legend>
          {ownReasons.map((own) => (
            <label className="tick" key={own}>
              <input type="radio" name="reason" checked={reason === own} onChange={() => setReason(own)} />
              <span>
                {words.lockReason[own]}
                <span className="hint line">{texts.lockEnds[own]}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <button type="submit" className="button danger">
          {texts.lockSubmit}
        </button>
      </form>
      {isConfirming && reason !== null && (
        <LockConfirmation reason={reason} onClose={() => setConfirming(false)} onLocked={onLocked} />
      )}
    </section>
  );
}

interface LockConfirmationProps {
  readonly reason: OwnReason;
  readonly onClose: () => void;
  readonly onLocked: () => void;
}

function LockConfirmation({ reason, onClose, onLocked }: LockConfirmationProps) {
  const { account: texts, frame, words, errors } = useTexts();
  const [message, setMessage] = useState<string | null>(null);
  const [result, lock] = useMutation(LockAccountDocument);
  async function confirm(): Promise<void> {
    const failure = answerOf(await lock({ reason })).failures[0];
    if (failure === undefined) onLocked();
    else setMessage(errors[failure.code]);
  }
  return (
    <Dialog title={texts.lockConfirmTitle} onClose={onClose}>
      <p>
        {texts.lockReason}: <strong>{words.lockReason[reason]}</strong>
      </p>
      <p>{texts.lockEnds[reason]}</p>
      <FormMessage text={message} />
      <div className="buttons">
        <button type="button" className="button quiet" onClick={onClose}>
          {frame.cancel}
        </button>
        <button
          type="button"
          className="button danger"
          disabled={result.fetching}
          onClick={() => void confirm()}
        >
          {result.fetching ? texts.lockBusy : texts.lockConfirmYes}
        </button>
      </div>
      {result.fetching && <Progress label={texts.lockBusy} />}
    </Dialog>
  );
}
