import { EventEmitter } from 'node:events';
import type { Dispatcher } from 'undici';
import { refusal } from './answer.ts';
import type { UpstreamAnswer } from './answer.ts';
import { checkHead, readJson, sourceErrorOf } from './check-answer.ts';
import { classifyFailure } from './classify-failure.ts';
import type { Connections } from './connections.ts';

/** One call as it goes onto the wire. */
export interface Exchange {
  readonly connections: Connections;
  /** Path on the service's origin. */
  readonly path: string;
  readonly body: string | Buffer;
  /** Called for each attempt: a caller token is good for one. */
  readonly headers: () => Readonly<Record<string, string>>;
  /** Time left until the deadline, above zero. */
  readonly remainingMs: number;
  /** Whether the call may be made twice. */
  readonly idempotent: boolean;
  readonly signal: AbortSignal | undefined;
  readonly maxAnswerBytes: number;
  /** Whether the answer must be a GraphQL response. */
  readonly graphql: boolean;
}

/** An error answer longer than this is not read: a code fits in it many times over. */
const LONGEST_ERROR_BYTES = 16 * 1024;

/** undici takes an emitter for an AbortSignal, at a fraction of the cost of a real one. */
class Abort extends EventEmitter {
  aborted = false;

  fire(): void {
    this.aborted = true;
    this.emit('abort');
  }
}

/**
 * Makes one call and settles by its deadline, even if the HTTP client never does: the first of answer, deadline and
 * departure of the asker wins, and the connection of a call that lost is dropped. Never rejects.
 */
export function exchange(call: Exchange): Promise<UpstreamAnswer> {
  return new Promise((resolve) => {
    const abort = new Abort();
    const leave = (): void => finish(refusal('aborted'));
    const timer = setTimeout(() => finish(refusal('timeout')), call.remainingMs);
    const finish = (answer: UpstreamAnswer): void => {
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', leave);
      resolve(answer);
      if (!answer.ok && !abort.aborted) abort.fire();
    };
    call.signal?.addEventListener('abort', leave, { once: true });
    send(call, abort)
      .then((head) => receive(call, head))
      .then(finish, (failure: unknown) => finish(classifyFailure(failure)));
  });
}

/** Sends the request; once more, over a new connection, where the pooled one proves to have been dead before it. */
async function send(call: Exchange, abort: Abort): Promise<Dispatcher.ResponseData> {
  const { pool } = call.connections;
  const attempt = (over: typeof pool): Promise<Dispatcher.ResponseData> =>
    over.request({
      method: 'POST',
      path: call.path,
      body: call.body,
      signal: abort,
      headers: {
        ...call.headers(),
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        'accept-encoding': 'identity',
      },
    });
  try {
    return await attempt(pool);
  } catch (failure) {
    if (!call.connections.isStale(failure)) throw failure;
    call.connections.renew(pool);
    if (!call.idempotent || abort.aborted) throw failure;
    return attempt(call.connections.pool);
  }
}

async function receive(call: Exchange, head: Dispatcher.ResponseData): Promise<UpstreamAnswer> {
  // Dropping the connection makes the body emit an error that nobody waits for.
  head.body.on('error', () => undefined);
  const wrong = checkHead(head.headers, call.maxAnswerBytes);
  if (head.statusCode !== 200) return receiveError(head, wrong === undefined);
  if (wrong !== undefined) return refusal(wrong);
  const read = readJson(await head.body.bytes(), call.graphql);
  return 'wrong' in read ? refusal(read.wrong) : { ok: true, json: read.json, headers: head.headers };
}

/** Of an error answer only a code of our own catalogue is kept, and that only from a short and well-formed one. */
async function receiveError(head: Dispatcher.ResponseData, readable: boolean): Promise<UpstreamAnswer> {
  const status = head.statusCode;
  const length = Number(head.headers['content-length'] ?? Number.POSITIVE_INFINITY);
  if (!readable || !(length <= LONGEST_ERROR_BYTES)) return refusal('status', { status });
  const read = readJson(await head.body.bytes(), false);
  return refusal('status', { status, ...('json' in read ? sourceErrorOf(read.json) : {}) });
}
