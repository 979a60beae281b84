import { deadlines } from '@dinhdanh/kit';
import type { Deadline } from '@dinhdanh/kit';
import { errors } from 'undici';
import { refusal } from './answer.ts';
import type { UpstreamAnswer } from './answer.ts';
import type { AnswerHeaders, CallPool, RequestControl, RequestListener } from './call-pool.ts';
import { checkHead, readJson, sourceErrorOf } from './check-answer.ts';
import { classifyFailure } from './classify-failure.ts';
import type { AskerSignal, UpstreamCall } from './call.ts';
import type { Connections } from './connections.ts';

/** One call as it goes onto the wire. */
export interface Exchange {
  readonly connections: Connections;
  /** Path on the service's origin. */
  readonly path: string;
  readonly body: string | Buffer;
  readonly sign: UpstreamCall['sign'];
  readonly headers: UpstreamCall['headers'];
  /** Time left until the deadline, above zero. */
  readonly remainingMs: number;
  /** Whether the call may be made twice. */
  readonly idempotent: boolean;
  readonly signal: AskerSignal | undefined;
  readonly maxAnswerBytes: number;
  /** Whether the answer must be a GraphQL response. */
  readonly graphql: boolean;
  readonly takeBytes: UpstreamCall['takeBytes'];
}

/** An error answer longer than this is not read: a code fits in it many times over. */
const LONGEST_ERROR_BYTES = 16 * 1024;

/** Why a connection is dropped; nobody reads it, so one is enough for all. */
const abandoned = new errors.RequestAbortedError();

/**
 * Makes one call and tells `done` once, by its deadline, even if the HTTP client never settles: the first of answer, deadline
 * and departure of the asker wins, and the connection of a call that lost is dropped.
 */
export function exchange(call: Exchange, done: (answer: UpstreamAnswer) => void): void {
  new UnderWay(call, done).begin();
}

/** A call on its way; the pool tells it what comes. */
class UnderWay implements RequestListener {
  readonly #call: Exchange;
  readonly #done: (answer: UpstreamAnswer) => void;
  #pool: CallPool;
  #deadline: Deadline | undefined;
  #control: RequestControl | undefined;
  #isSettled = false;
  #isSecond = false;
  #status = 0;
  #headers: AnswerHeaders = {};
  readonly #chunks: Buffer[] = [];

  constructor(call: Exchange, done: (answer: UpstreamAnswer) => void) {
    this.#call = call;
    this.#done = done;
    this.#pool = call.connections.pool;
  }

  begin(): void {
    const { signal, remainingMs } = this.#call;
    this.#deadline = deadlines.set(remainingMs, this.#expire);
    signal?.addEventListener('abort', this.#leave);
    this.#send();
  }

  onRequestStart(control: RequestControl): void {
    this.#control = control;
    // It waited for a connection longer than anybody waited for it.
    if (this.#isSettled) control.abort(abandoned);
  }

  onResponseStart(_: RequestControl, status: number, headers: AnswerHeaders): void {
    // An informational answer comes before the answer (RFC 9110 section 15.2).
    if (this.#isSettled || status < 200) return;
    this.#status = status;
    this.#headers = headers;
    const wrong = checkHead(headers, this.#call.maxAnswerBytes);
    if (status === 200) {
      if (wrong !== undefined) this.#finish(refusal(wrong));
      return;
    }
    // Of an error answer only a code of our own catalogue is kept, and that only from a short and well-formed one.
    const length = Number(headers['content-length'] ?? Number.POSITIVE_INFINITY);
    if (wrong !== undefined || !(length <= LONGEST_ERROR_BYTES)) this.#finish(refusal('status', { status }));
  }

  onResponseData(_: RequestControl, chunk: Buffer): void {
    if (!this.#isSettled) this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#isSettled) return;
    const [first] = this.#chunks;
    const bytes = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    if (this.#status === 200) {
      const read = readJson(bytes, this.#call.graphql, this.#call.takeBytes);
      this.#finish('wrong' in read ? refusal(read.wrong) : { ok: true, ...read, headers: this.#headers });
      return;
    }
    const read = readJson(bytes, false);
    const said = 'json' in read ? sourceErrorOf(read.json) : {};
    this.#finish(refusal('status', { status: this.#status, ...said }));
  }

  /** Once more, over a new connection, where the pooled one proves to have been dead before the call. */
  onResponseError(_: RequestControl, failure: Error): void {
    if (this.#isSettled) return;
    const { connections, idempotent } = this.#call;
    if (this.#status === 0 && !this.#isSecond && connections.isStale(failure)) {
      connections.renew(this.#pool);
      if (idempotent) {
        this.#isSecond = true;
        this.#pool = connections.pool;
        this.#send();
        return;
      }
    }
    this.#finish(classifyFailure(failure));
  }

  #send(): void {
    try {
      const { path, sign, headers, body } = this.#call;
      this.#pool.dispatch({ path, token: sign?.(), headers, body }, this);
    } catch (failure) {
      this.#finish(classifyFailure(failure));
    }
  }

  readonly #expire = (): void => this.#finish(refusal('timeout'));

  readonly #leave = (): void => this.#finish(refusal('aborted'));

  #finish(answer: UpstreamAnswer): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#deadline?.clear();
    this.#call.signal?.removeEventListener('abort', this.#leave);
    // Nothing is left of a call that has ended by itself.
    if (!answer.ok) this.#control?.abort(abandoned);
    this.#done(answer);
  }
}
