import { Client, fetchExchange, mapExchange } from 'urql';
import type { Language } from '../format/language.ts';
import { answerOf } from './answer.ts';

/** No answer after this long is no answer: the gateway's own deadlines are far shorter. */
const longestWaitMs = 20_000;

/** What the client asks of the page it serves. */
export interface ClientSurroundings {
  readonly language: () => Language;
  /** Recognises this browser at sign-in, so that strangers are slowed down and its owner is not. */
  readonly device: string;
  /** Called when the server no longer knows the session. */
  readonly onSessionLost: () => void;
}

/**
 * The GraphQL client of the screens. It keeps no answers: what a screen shows was read for it, and is gone with it.
 * The session is a cookie that no script can read; the header that asks for it cannot be sent by another origin.
 */
export function createClient({ language, device, onSessionLost }: ClientSurroundings): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    exchanges: [
      mapExchange({
        onResult: (result) => {
          const lost = answerOf(result).failures.some(({ code }) => code === 'UNAUTHENTICATED');
          if (lost && !isSignIn(result.operation.query)) onSessionLost();
        },
      }),
      fetchExchange,
    ],
    fetchOptions: () => ({
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { 'accept-language': language(), 'dinhdanh-session': 'cookie', 'dinhdanh-device': device },
    }),
    fetch: fetchInTime,
  });
}

/** Whether an operation is the sign-in, where an unknown session means a wrong password. */
function isSignIn(document: { readonly definitions: readonly unknown[] }): boolean {
  return document.definitions.some(
    (definition) => (definition as { name?: { value: string } }).name?.value === 'SignIn',
  );
}

function fetchInTime(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const late = AbortSignal.timeout(longestWaitMs);
  const signal = init.signal == null ? late : AbortSignal.any([init.signal, late]);
  return fetch(input, { ...init, signal });
}
