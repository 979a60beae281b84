import { useState } from 'react';
import type { StateProps } from './state-props.ts';
import { useShareTexts } from './texts/use-share-texts.ts';
import { useAction } from './use-action.ts';

/** Makes a new code, with its full time: the only limit of this page that a person may run into, and can put off. */
export function RenewButton({ handle, onState, isMain = false }: StateProps & { readonly isMain?: boolean }) {
  const { waiting, unreachable } = useShareTexts();
  const { busy, error, run } = useAction(handle, 'renew', onState);
  const [isDone, setDone] = useState(false);
  async function renew(): Promise<void> {
    setDone(false);
    setDone((await run()) === null);
  }
  return (
    <>
      <button
        type="button"
        className={isMain ? 'button' : 'button quiet'}
        disabled={busy}
        onClick={() => void renew()}
      >
        {waiting.renew}
      </button>
      <span className="heard" aria-live="polite">
        {isDone && waiting.renewed}
      </span>
      {error === 'UNREACHABLE' && <p role="alert">{unreachable}</p>}
    </>
  );
}
