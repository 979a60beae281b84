/** What GraphiQL sends: the parameters of GraphQL over HTTP. */
export interface GatewayRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: unknown;
}

/** Header fields a developer typed into the page. */
export interface GatewayOptions {
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Asks the gateway this page came from. `dinhdanh-session: cookie` says that the session of the screens travels along: a
 * page of another origin cannot send it without being asked first, so it cannot use the session either. A bearer token
 * typed into the header editor takes its place.
 */
export async function askGateway(request: GatewayRequest, options?: GatewayOptions): Promise<object> {
  const headers = new Headers({
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json;q=0.9',
  });
  for (const [name, value] of Object.entries(options?.headers ?? {})) headers.set(name, String(value));
  if (!headers.has('authorization')) headers.set('dinhdanh-session', 'cookie');
  const answer = await fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    headers,
    body: JSON.stringify(request),
  });
  return (await answer.json()) as object;
}
