import { type FormEvent, useId, useState } from 'react';
import { FormMessage } from '../components/form-message.tsx';
import { Progress } from '../components/progress.tsx';
import type { PartyReason } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { ReasonChoice } from './reason-choice.tsx';
import { useDecision } from './use-decision.ts';

/** Suspends any relying party by its id: what was approved long ago is in no list of applications. */
export function SuspendForm({ onDecided }: { readonly onDecided: (id: string) => void }) {
  const { applications: texts } = useTexts();
  const [id, setId] = useState('');
  const [reason, setReason] = useState<PartyReason | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const { decide, message, say, isBusy } = useDecision((decided, said) => {
    setDone(said);
    setId('');
    setReason(null);
    onDecided(decided);
  });
  const field = useId();

  function submit(event: FormEvent): void {
    event.preventDefault();
    setDone(null);
    if (id.trim() === '') say(texts.suspendIdEmpty);
    else if (reason === null) say(texts.reasonChoose);
    else void decide({ id: id.trim(), decision: 'SUSPEND', reason });
  }

  return (
    <section className="section" aria-labelledby="suspend-heading">
      <h2 id="suspend-heading" tabIndex={-1}>
        {texts.suspendTitle}
      </h2>
      <p>{texts.suspendIntro}</p>
      <form noValidate onSubmit={submit}>
        <FormMessage text={message} />
        <div className="field">
          <label htmlFor={field}>{texts.suspendId}</label>
          <p id={`${field}-hint`} className="hint">
            {texts.suspendIdHint}
          </p>
          <input
            id={field}
            value={id}
            autoComplete="off"
            spellCheck={false}
            aria-describedby={`${field}-hint`}
            onChange={(event) => setId(event.target.value)}
          />
        </div>
        <ReasonChoice reason={reason} onChoose={setReason} />
        <button type="submit" className="button danger" disabled={isBusy}>
          {texts.suspend}
        </button>
        {isBusy && <Progress label={texts.busy} />}
        <output className="said">{done}</output>
      </form>
    </section>
  );
}
