import type { FastifyRequest } from 'fastify';
import { ReplayGuard, verifyCallerToken } from './caller-token.ts';
import type { CallerToken, SubjectIdentifiers } from './caller-token.ts';
import { AppError } from './errors.ts';
import { attestHolder } from './holder.ts';
import { MatchLimit } from './match-limit.ts';
import type { CallContext, ServiceOptions } from './service.ts';

/** The ways a resolver has out of its call. */
export type CallChannels = Pick<CallContext, 'respond' | 'notice' | 'asks' | 'served'>;

/** Admits nobody without a caller token made for this service, this body and this moment, and no token twice. */
export class CallerGate {
  readonly #audience: string;
  readonly #options: ServiceOptions;
  readonly #replays = new ReplayGuard();
  readonly #matches = new MatchLimit();

  constructor(audience: string, options: ServiceOptions) {
    this.#audience = audience;
    this.#options = options;
  }

  /** The token of a request. @throws AppError `UNAUTHENTICATED` */
  admit(request: FastifyRequest): CallerToken {
    if (!Buffer.isBuffer(request.body)) return refuse();
    return this.admitPassed(request.headers.authorization, request.body).caller;
  }

  /** The token of a request whose `authorization` is another's, and the moment it was judged at. @throws AppError `UNAUTHENTICATED` */
  admitPassed(
    header: string | readonly string[] | undefined,
    body: Buffer,
  ): { readonly caller: CallerToken; readonly now: Date } {
    const [scheme, compact] = typeof header === 'string' ? header.split(' ') : [];
    if (scheme !== 'Bearer' || compact === undefined) return refuse();
    const now = this.#options.clock();
    const caller = verifyCallerToken(compact, {
      audience: this.#audience,
      key: this.#options.callerKey,
      body,
      now,
    });
    this.#replays.admit(caller.jti, now);
    return { caller, now };
  }

  /** What resolvers are given of an admitted call. */
  context(caller: CallerToken, channels: CallChannels): CallContext {
    const now = this.#options.clock();
    const readable = caller.subjects.filter(({ as }) => as !== 'applicant');
    const subjects = new Set(readable.map(({ id }) => id));
    return {
      caller,
      subjects,
      identifiersOf: (subject) => {
        const identifiers = subjects.has(subject) ? caller.ids[subject] : undefined;
        if (identifiers === undefined)
          throw new AppError('NOT_PERMITTED', { internal: 'subject outside the token' });
        return identifiers;
      },
      declared: () => {
        const declared = declaredIdentifiers(caller);
        this.#matches.count(caller.act.id, now);
        return declared;
      },
      attest: (identifier) => attestHolder(this.#options.callerKey, caller.jti, identifier),
      now,
      log: this.#options.log,
      ...channels,
    };
  }
}

/** The claim of comparing what is declared with a record. */
const MATCH_CLAIM = 'registration.match';

/** What an applicant declares: of a call about one registration, that of who acts, and for nothing but comparing. */
function declaredIdentifiers({ act, subjects, ids }: CallerToken): SubjectIdentifiers {
  const [declared, second] = subjects;
  const identifiers = declared === undefined ? undefined : ids[declared.id];
  const isApplicant =
    act.kind === 'applicant' &&
    declared?.as === 'applicant' &&
    declared.id === act.id &&
    declared.claims.includes(MATCH_CLAIM) &&
    second === undefined;
  if (!isApplicant || identifiers === undefined)
    throw new AppError('NOT_PERMITTED', { internal: 'not an applicant' });
  return identifiers;
}

function refuse(): never {
  throw new AppError('UNAUTHENTICATED', { internal: 'no caller token' });
}
