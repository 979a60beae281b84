import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallerToken } from './caller-token.ts';
import type { Log } from './log.ts';

/** What is known of a call that is handed on raw. */
export interface PassedCall {
  /** The gateway itself, with what it knows of the client: `client.address`, `network`, `agent`, `device`. */
  readonly caller: CallerToken;
  /** The bytes the caller token has vouched for; empty where there are none. */
  readonly body: Buffer;
  readonly now: Date;
  readonly log: Log;
}

/** A request whose body can still be read as a stream, and stands there read as well. */
export interface PassedRequest extends IncomingMessage {
  readonly body: Buffer;
}

/**
 * Paths that a service answers in plain HTTP, such as those of an authorization server: the gateway hands such requests on
 * as they came, the client's own `authorization` among them, and vouches for itself in a header of its own.
 */
export interface PassThrough<Store> {
  /** `/oauth/` takes all below it, `/.well-known/openid-configuration` that path alone. */
  readonly prefixes: readonly string[];
  /** Answers one request on `response`, a stream of events too; one that rejects is answered by 503. */
  readonly handle: (
    request: PassedRequest,
    response: ServerResponse,
    call: PassedCall,
    store: Store,
  ) => Promise<void>;
}
