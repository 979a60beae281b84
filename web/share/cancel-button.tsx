import type { StateProps } from './state-props.ts';
import { useShareTexts } from './texts/use-share-texts.ts';
import { useAction } from './use-action.ts';

/** Ends the request from here and goes back to who asked. */
export function CancelButton({ handle, onState }: Pick<StateProps, 'handle' | 'onState'>) {
  const { cancel, cancelBusy, unreachable } = useShareTexts();
  const { busy, error, run } = useAction(handle, 'cancel', (state) => {
    onState(state);
    if (state.state === 'CANCELLED' && state.redirectTo !== undefined)
      window.location.assign(state.redirectTo);
  });
  return (
    <>
      <button type="button" className="button quiet" disabled={busy} onClick={() => void run()}>
        {busy ? cancelBusy : cancel}
      </button>
      {error === 'UNREACHABLE' && <p role="alert">{unreachable}</p>}
    </>
  );
}
