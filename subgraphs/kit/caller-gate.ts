import type { FastifyRequest } from 'fastify';
import { ReplayGuard, verifyCallerToken } from './caller-token.ts';
import type { CallerToken } from './caller-token.ts';
import { AppError } from './errors.ts';
import { attestHolder } from './holder.ts';
import type { CallContext, ServiceOptions } from './service.ts';

/** The ways a resolver has out of its call. */
export type CallChannels = Pick<CallContext, 'respond' | 'notice' | 'asks' | 'served'>;

/** Admits nobody without a caller token made for this service, this body and this moment, and no token twice. */
export class CallerGate {
  readonly #audience: string;
  readonly #options: ServiceOptions;
  readonly #replays = new ReplayGuard();

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
    const subjects = new Set(caller.subjects.map(({ id }) => id));
    return {
      caller,
      subjects,
      identifiersOf: (subject) => {
        const identifiers = subjects.has(subject) ? caller.ids[subject] : undefined;
        if (identifiers === undefined)
          throw new AppError('NOT_PERMITTED', { internal: 'subject outside the token' });
        return identifiers;
      },
      attest: (identifier) => attestHolder(this.#options.callerKey, caller.jti, identifier),
      now: this.#options.clock(),
      log: this.#options.log,
      ...channels,
    };
  }
}

function refuse(): never {
  throw new AppError('UNAUTHENTICATED', { internal: 'no caller token' });
}
