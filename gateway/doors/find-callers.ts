import { AppError, deadlines, noSpan, sessionIdOf, SESSIONS_A_CALL } from '@dinhdanh/kit';
import type { Clock, Deadline, Log } from '@dinhdanh/kit';
import type { Caller } from '../caller.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { beginDoorCall, doorClosed, postToDoor } from './ask-door.ts';
import { toCaller } from './resolved-caller.ts';
import type { ResolvedCaller } from './resolved-caller.ts';

/** The look-up of sessions as the gateway's stages see it. */
export interface FindCallers {
  /**
   * The one look-up of a request: whose session is this, what may they reach. Nothing is kept between requests, so a
   * revoked session ends with the next one.
   *
   * @throws AppError `SOURCE_UNAVAILABLE` when nobody can be verified by the deadline · `SOURCE_INVALID` when accounts tells
   *   of another session than was asked for (source accounts)
   */
  readonly find: (session: string, request: AskingRequest) => Promise<Caller>;
}

/** The request that asks; its deadline in epoch milliseconds. */
export interface AskingRequest {
  readonly requestId: string;
  readonly deadlineAt: number;
}

/** What the look-up works with. */
export interface FindCallersOptions {
  readonly upstream: Upstream;
  /** The caller-token key of accounts. */
  readonly key: Buffer;
  readonly clock: Clock;
  readonly log: Pick<Log, 'error'>;
}

const SERVICE = 'accounts';
const GROUNDS = { purpose: 'resolve_caller', legalBasis: 'Decree 69/2024/NĐ-CP, art. 9' };

/**
 * Opens the look-up. All who ask within one turn of the event loop ask in one call, so that a busy gateway makes fewer and
 * accounts one statement for each; nobody waits for a timer, nor for a call of others.
 */
export function openFindCallers(options: FindCallersOptions): FindCallers {
  let gathered: AskedCaller[] = [];
  const send = (): void => {
    const all = gathered;
    gathered = [];
    for (let first = 0; first < all.length; first += SESSIONS_A_CALL)
      void askTogether(all.slice(first, first + SESSIONS_A_CALL), options);
  };
  return {
    find: async (session, request) => {
      const remainingMs = request.deadlineAt - options.clock().getTime();
      const asked = new AskedCaller(session, request, Math.max(remainingMs, 0));
      if (gathered.length === 0) setImmediate(send);
      gathered.push(asked);
      // Here, so that an answer of another form than agreed is the fault of one request and not of all that asked with it.
      return toCaller(await asked.told);
    },
  };
}

async function askTogether(
  asked: readonly AskedCaller[],
  { upstream, key, clock, log }: FindCallersOptions,
): Promise<void> {
  const sessions = asked.map(({ session }) => session);
  const answer = await postToDoor(
    { service: SERVICE, path: '/resolve-caller', content: { sessions }, step: 'caller', ...GROUNDS },
    {
      upstream,
      key,
      now: clock(),
      // It goes on for those that can still wait.
      deadlineAt: asked.reduce((last, { request }) => Math.max(last, request.deadlineAt), 0),
      requestId: asked[0]?.request.requestId ?? '',
    },
    // A call of many is followed in the first of their traces that is kept.
    asked.find(({ span }) => span.isRecording)?.span ?? noSpan,
  );
  const callers = answer.ok ? listOf(answer.json, sessions.length) : [];
  for (const [at, each] of asked.entries()) {
    const resolved = callers[at];
    if (!answer.ok) each.fail(doorClosed(SERVICE, answer.reason));
    else if (isOf(each.session, resolved)) each.tell(resolved);
    else {
      const { requestId } = each.request;
      log.error('GATEWAY_SOURCE_INVALID', { requestId, service: SERVICE, reason: 'content' });
      each.fail(new AppError('SOURCE_INVALID', { source: SERVICE, internal: 'caller' }));
    }
  }
}

/** What accounts tells of; nothing where it is not of as many as were asked for. */
function listOf({ callers }: Readonly<Record<string, unknown>>, count: number): readonly unknown[] {
  return Array.isArray(callers) && callers.length === count ? callers : [];
}

/** Whether accounts tells of this session and no other: it is nobody's, or has the number that only its token gives. */
function isOf(session: string, resolved: unknown): resolved is ResolvedCaller {
  if (typeof resolved !== 'object' || resolved === null) return false;
  const { actor, sessionId } = resolved as Partial<ResolvedCaller>;
  return actor === null || (typeof actor === 'object' && sessionId === sessionIdOf(session));
}

/** A request that waits to be told who asks, until its own deadline. */
class AskedCaller {
  readonly session: string;
  readonly request: AskingRequest;
  readonly span = beginDoorCall(SERVICE);
  readonly #waiter = Promise.withResolvers<ResolvedCaller>();
  readonly #deadline: Deadline;
  #isSettled = false;

  constructor(session: string, request: AskingRequest, remainingMs: number) {
    this.session = session;
    this.request = request;
    this.#deadline = deadlines.set(remainingMs, () => this.fail(doorClosed(SERVICE, 'timeout')));
  }

  get told(): Promise<ResolvedCaller> {
    return this.#waiter.promise;
  }

  tell(resolved: ResolvedCaller): void {
    if (this.#settles('OK')) this.#waiter.resolve(resolved);
  }

  fail(refusal: AppError): void {
    if (this.#settles(refusal.code)) this.#waiter.reject(refusal);
  }

  #settles(outcome: string): boolean {
    if (this.#isSettled) return false;
    this.#isSettled = true;
    this.#deadline.clear();
    this.span.end(outcome);
    return true;
  }
}
