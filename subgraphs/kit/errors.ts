/**
 * The one catalogue of error codes (`extensions.code`). Subgraphs throw {@link AppError}; only the code, and for a
 * source its name, ever leaves the gateway: texts for people are made there, in the caller's language.
 * `docs/errors.md` is tested against this table both ways.
 */
export const errorCatalogue = {
  UNAUTHENTICATED: { status: 401, retryable: false, fixedBy: 'caller' },
  NOT_PERMITTED: { status: 403, retryable: false, fixedBy: 'caller' },
  LEVEL_REQUIRED: { status: 403, retryable: false, fixedBy: 'person' },
  PASSCODE_REQUIRED: { status: 403, retryable: true, fixedBy: 'person' },
  GUARDIAN_REQUIRED: { status: 403, retryable: true, fixedBy: 'person' },
  CONSENT_REQUIRED: { status: 403, retryable: false, fixedBy: 'person' },
  CONSENT_EXPIRED: { status: 403, retryable: false, fixedBy: 'person' },
  CONSENT_WITHDRAWN: { status: 403, retryable: false, fixedBy: 'person' },
  ACCOUNT_LOCKED: { status: 403, retryable: false, fixedBy: 'person' },
  SOURCE_UNAVAILABLE: { status: 503, retryable: true, fixedBy: 'operator' },
  SOURCE_INVALID: { status: 502, retryable: false, fixedBy: 'operator' },
  NOT_FOUND: { status: 404, retryable: false, fixedBy: 'caller' },
  ACCESS_LOG_UNAVAILABLE: { status: 503, retryable: true, fixedBy: 'operator' },
  RATE_LIMITED: { status: 429, retryable: true, fixedBy: 'caller' },
  QUERY_TOO_COSTLY: { status: 400, retryable: false, fixedBy: 'caller' },
  TIMEOUT: { status: 504, retryable: true, fixedBy: 'operator' },
  BAD_USER_INPUT: { status: 400, retryable: false, fixedBy: 'caller' },
} as const satisfies Record<string, ErrorEntry>;

/** What an operator or a client may rely on for one code. `status` is the HTTP status when the whole request fails with it. */
export interface ErrorEntry {
  readonly status: number;
  readonly retryable: boolean;
  readonly fixedBy: 'caller' | 'person' | 'operator';
}

/** A stable code of the public contract. */
export type ErrorCode = keyof typeof errorCatalogue;

/** Every code, in the order of the catalogue. */
export const errorCodes = Object.keys(errorCatalogue) as readonly ErrorCode[];

/** Tells whether a string taken off the wire is one of our codes. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCatalogue, value);
}

/** What may accompany a code. `internal` is for the log and must hold no personal data; it never reaches a caller. */
export interface AppErrorDetail {
  readonly internal?: string;
  /** The service that could not serve, for `SOURCE_*`. */
  readonly source?: string;
  /** The input field at fault, for `BAD_USER_INPUT`. */
  readonly field?: string;
  /** A finer reason under the code, `AREA_REASON`, for clients that branch on it. */
  readonly reason?: string;
  /** Seconds after which a retry makes sense, for `RATE_LIMITED`, `ACCESS_LOG_UNAVAILABLE` and `SOURCE_UNAVAILABLE`. */
  readonly retryAfterSeconds?: number;
  /** A status closer to the matter than the code's own, such as 415 for a `BAD_USER_INPUT` about the media type. */
  readonly httpStatus?: number;
  readonly cause?: unknown;
}

/** An expected refusal or fault with a stable code: the only error that services and gateway throw on purpose. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: AppErrorDetail;

  constructor(code: ErrorCode, detail: AppErrorDetail = {}) {
    super(detail.internal ?? code, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = detail;
  }

  /** The HTTP status a whole refused request is answered with. */
  get status(): number {
    return this.detail.httpStatus ?? errorCatalogue[this.code].status;
  }
}

/** Marks a place that only a bug can reach. The message must hold no personal data. */
export function unreachable(invariant: string): never {
  throw new Error(`invariant broken: ${invariant}`);
}
