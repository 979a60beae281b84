import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PassedCall } from '@dinhdanh/kit';
import type { OpenProvider } from './open-provider.ts';

/** The paths of the authorization server. */
export const OAUTH_PREFIXES = [
  '/oauth/',
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
] as const;

/** Answers what is passed on for the authorization server. */
export async function serveOauth(
  request: IncomingMessage,
  response: ServerResponse,
  { caller }: Pick<PassedCall, 'caller'>,
  provider: () => OpenProvider | null,
): Promise<void> {
  const open = provider();
  if (open !== null) return open.answer(request, response, caller.client);
  response
    .writeHead(503, { 'content-type': 'application/json', 'retry-after': '5', 'cache-control': 'no-store' })
    .end(JSON.stringify({ error: 'temporarily_unavailable', error_description: 'the server is starting' }));
}
