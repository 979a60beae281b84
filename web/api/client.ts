import { Client, fetchExchange, mapExchange } from 'urql';
import type { Language } from '../format/language.ts';
import { answerOf } from './answer.ts';
import { fetchByText } from './fetch-by-text.ts';
import { textsInDevelopment } from './config.ts';
import { operationOf } from './operation-of.ts';

/** No answer after this long is no answer: the gateway's own deadlines are far shorter. */
const longestWaitMs = 20_000;

/** The account's own state says itself that it is locked; which passkeys there are, the passcode's dialog asks there too. */
const askedWhileLocked: ReadonlySet<string> = new Set(['MyAccount', 'MyPasskeys']);

/** What the client asks of the page it serves. */
export interface ClientSurroundings {
  readonly language: () => Language;
  /** Recognises this browser at sign-in, so that strangers are slowed down and its owner is not. */
  readonly device: string;
  /** Called when the server no longer knows the session. */
  readonly onSessionLost: () => void;
  /** Called when an answer tells that the account was locked since its state was asked for. */
  readonly onAccountLocked: () => void;
  /** Header lines beyond those of every screen. */
  readonly headers?: () => Readonly<Record<string, string>>;
  /** Called when an auditor's case reference was not accepted. */
  readonly onCaseRefused?: () => void;
}

/**
 * The GraphQL client of the screens. It keeps no answers: what a screen shows was read for it, and is gone with it.
 * The session is a cookie that no script can read; the header that asks for it cannot be sent by another origin.
 */
export function createClient({
  language,
  device,
  onSessionLost,
  onAccountLocked,
  headers = () => ({}),
  onCaseRefused = () => {},
}: ClientSurroundings): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    exchanges: [
      mapExchange({
        onResult: (result) => {
          const { failures } = answerOf(result);
          const codes = new Set(failures.map(({ code }) => code));
          const operation = operationOf(result.operation.query);
          // At the sign-in an unknown session means a wrong password.
          if (codes.has('UNAUTHENTICATED') && operation !== 'SignIn') onSessionLost();
          if (codes.has('ACCOUNT_LOCKED') && !askedWhileLocked.has(operation)) onAccountLocked();
          if (failures.some(({ reason }) => reason === 'CASE_REQUIRED')) onCaseRefused();
        },
      }),
      fetchExchange,
    ],
    fetchOptions: () => ({
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        ...headers(),
        'accept-language': language(),
        'dinhdanh-session': 'cookie',
        'dinhdanh-device': device,
      },
    }),
    fetch: fetchInTime,
  });
}

const send = textsInDevelopment === null ? fetch : fetchByText(textsInDevelopment);

function fetchInTime(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const late = AbortSignal.timeout(longestWaitMs);
  const signal = init.signal == null ? late : AbortSignal.any([init.signal, late]);
  return send(input, { ...init, signal });
}
