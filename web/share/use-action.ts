import { useState } from 'react';
import type { RequestState } from './read-state.ts';
import { sendAction } from './send-action.ts';

/** Something the page asks for, under way or refused. */
export interface Action {
  readonly busy: boolean;
  /** Why it was refused; null while nothing was. */
  readonly error: string | null;
  /** Resolves to why it was refused; null where it was done. */
  readonly run: (content?: Readonly<Record<string, string>>) => Promise<string | null>;
}

/** Asks for a change and hands on the state that comes back, whether it was done or refused. */
export function useAction(
  handle: string,
  action: 'number' | 'renew' | 'cancel',
  onState: (state: RequestState) => void,
): Action {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const run = async (content: Readonly<Record<string, string>> = {}): Promise<string | null> => {
    setBusy(true);
    setError(null);
    const outcome = await sendAction(handle, action, content);
    setBusy(false);
    setError(outcome.error);
    if (outcome.state !== null) onState(outcome.state);
    return outcome.error;
  };
  return { busy, error, run };
}
