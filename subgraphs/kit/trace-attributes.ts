/**
 * Everything a span may say, besides when it began and ended. Keys are OpenTelemetry's semantic conventions where there is
 * one. A value of another form than stands here is left out, so that no number, name, session or address of a person can
 * travel in a trace, whatever some code may hand to it.
 */
export interface SpanAttributes {
  readonly 'http.request.method'?: string;
  /** A route as it is registered, never an address as it was asked for. */
  readonly 'http.route'?: string;
  readonly 'http.response.status_code'?: number;
  readonly 'graphql.operation.type'?: string;
  /** The hash of the operation as entries of the access log have it: without any literal of the client's. */
  readonly 'graphql.document.hash'?: string;
  /** The service that is asked. */
  readonly 'peer.service'?: string;
  readonly 'db.system.name'?: 'postgresql';
  readonly 'db.query.summary'?: string;
  /** A statement with its values and literals taken out. */
  readonly 'db.query.text'?: string;
  /** The request as logs name it. */
  readonly 'dinhdanh.request.id'?: string;
  /** The step of the plan that a call belongs to. */
  readonly 'dinhdanh.step'?: number;
  /** `OK`, or the code of what went wrong. */
  readonly 'dinhdanh.outcome'?: string;
}

type Form = (value: unknown) => boolean;

const like =
  (pattern: RegExp): Form =>
  (value) =>
    typeof value === 'string' && pattern.test(value);

const count =
  (most: number): Form =>
  (value) =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;

/** Words of code: small letters with dashes between. */
const WORD = /^[a-z]{1,40}(?:-[a-z]{1,40}){0,4}$/;
/** What a statement does, and the tables it does it to. */
const SUMMARY = /^[A-Z]{2,12}(?: [a-z_]{1,63}){0,12}$/;

const forms: Readonly<Record<keyof SpanAttributes, Form>> = {
  'http.request.method': like(/^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/),
  'http.route': like(/^(?:\/[a-z][a-z-]{0,40}){1,3}$/),
  'http.response.status_code': count(599),
  'graphql.operation.type': like(/^(?:query|mutation)$/),
  'graphql.document.hash': like(/^[A-Za-z0-9_-]{43}$/),
  'peer.service': like(WORD),
  'db.system.name': like(/^postgresql$/),
  'db.query.summary': like(SUMMARY),
  // No literal in quotes and no number of its own: places of values ($1) and digits inside names are all there is.
  'db.query.text': like(/^(?:[^'\d]|(?<=[\w$])\d)*$/),
  'dinhdanh.request.id': like(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  'dinhdanh.step': count(9_999),
  'dinhdanh.outcome': like(/^[A-Z]{2,20}(?:_[A-Z]{1,20}){0,4}$/),
};

/** Names of spans: a route, a stage, a call to a service, a statement. */
const NAMES = [
  /^(?:GET|POST) (?:\/[a-z][a-z-]{0,40}){1,3}$/,
  /^(?:stage|call) [a-z]{1,40}(?:-[a-z]{1,40}){0,4}$/,
  SUMMARY,
];

/** What a name is replaced by that is none of ours. */
const NAMELESS = 'other';

/** The name of a span, if it is of a known form. */
export function permittedName(name: string): string {
  return NAMES.some((form) => form.test(name)) ? name : NAMELESS;
}

/** Those of the attributes that a span may have. */
export function permitted(attributes: Readonly<Record<string, unknown>>): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(attributes)) {
    if (Object.hasOwn(forms, key) && forms[key as keyof SpanAttributes](value)) {
      kept[key] = value as string | number;
    }
  }
  return kept;
}
