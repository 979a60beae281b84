import { readState, type RequestState } from './read-state.ts';

/** What became of something the page asked for: the state after it, where one came, and why it was refused. */
export interface ActionOutcome {
  readonly state: RequestState | null;
  readonly error: string | null;
}

/** Asks for a change of the request. A server that does not answer is `UNREACHABLE`. */
export async function sendAction(
  handle: string,
  action: 'number' | 'renew' | 'cancel',
  content: Readonly<Record<string, string>> = {},
): Promise<ActionOutcome> {
  try {
    const answer = await fetch(`/share/${handle}/${action}`, {
      method: 'POST',
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(content),
    });
    const said: unknown = await answer.json();
    if (answer.ok) return { state: readState(said), error: null };
    const { error, state } = (said ?? {}) as { readonly error?: unknown; readonly state?: unknown };
    return { state: readState(state), error: typeof error === 'string' ? error : 'UNREACHABLE' };
  } catch {
    return { state: null, error: 'UNREACHABLE' };
  }
}
