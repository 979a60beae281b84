import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Demo, DemoPerson } from '@dinhdanh/start';

/** One error of an answer. */
export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
}

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Shaped as the operation asked; {@link at} reaches into it. */
  readonly data: unknown;
  readonly errors: readonly AnswerError[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Asks a gateway as an ordinary API client does. */
export async function ask(
  url: string,
  query: string,
  options: { token?: string; variables?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...options.headers,
    },
    body: JSON.stringify({ query, variables: options.variables }),
  });
  const text = await response.text();
  const { data, errors, extensions } = JSON.parse(text) as Pick<Answer, 'data'> & Partial<Answer>;
  return {
    status: response.status,
    headers: response.headers,
    text,
    data,
    errors: errors ?? [],
    extensions: extensions ?? {},
  };
}

/** Signs in; with the passcode when asked, so that sensitive claims are open. */
export async function signIn(url: string, person: DemoPerson, passcode = true): Promise<string> {
  const { data, text } = await ask(
    url,
    'mutation($input: SignInInput!) { signIn(input: $input) { token } }',
    {
      variables: {
        input: {
          username: person.username,
          password: person.password,
          ...(passcode ? { passcode: person.passcode } : {}),
        },
      },
    },
  );
  const token = at(data, 'signIn', 'token');
  if (typeof token !== 'string') throw new TypeError(`sign-in was refused: ${text}`);
  return token;
}

/** The value at a path of an answer's data; undefined where the path ends early. */
export function at(data: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    data,
  );
}

/** What `.data/demo.json` of a system says. */
export function readDemo(dataFolder: string): Demo {
  return JSON.parse(readFileSync(join(dataFolder, 'demo.json'), 'utf8')) as Demo;
}
