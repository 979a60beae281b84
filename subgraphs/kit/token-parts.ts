import { bodyHash, CALLER_TOKEN_SECONDS, signPayload } from './caller-token.ts';
import type { CallerToken, CompactToken, SubjectGrant, SubjectIdentifiers } from './caller-token.ts';
import { listText } from './kept-lists.ts';
import { quoted } from './quoted.ts';

declare const says: unique symbol;

/** Some members of a caller token as they stand in its text, written once for all tokens that say the same. */
export type TokenPart<Member extends keyof CallerToken> = string & { readonly [says]: Member };

/** Writes a part of a token: at least one member. */
export function writeTokenPart<Part extends Partial<CallerToken>>(
  part: Part,
): TokenPart<keyof Part & keyof CallerToken> {
  return JSON.stringify(part).slice(1, -1) as TokenPart<keyof Part & keyof CallerToken>;
}

/** The same in ASCII, for parts that are kept: a token with one letter beyond it is slower to write each time. */
export function writeKeptPart<Part extends Partial<CallerToken>>(
  part: Part,
): TokenPart<keyof Part & keyof CallerToken> {
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return writeTokenPart(part).replace(/[\u0080-\uffff]/g, escaped) as TokenPart<
    keyof Part & keyof CallerToken
  >;
}

/** Writes what binds a token to one call: who is called, from when to when, and with which body. */
export function writeCall(
  audience: string,
  jti: string,
  body: string | Uint8Array,
  now: Date,
): TokenPart<'aud' | 'iat' | 'exp' | 'jti' | 'bh'> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  const times = `"iat":${issuedAt},"exp":${issuedAt + CALLER_TOKEN_SECONDS}`;
  return `"aud":${quoted(audience)},${times},"jti":${quoted(jti)},"bh":"${bodyHash(body)}"` as TokenPart<
    'aud' | 'iat' | 'exp' | 'jti' | 'bh'
  >;
}

/**
 * Writes whose identifiers a token carries. Subjects are new in nearly every token, and an object is slow to take a member of
 * a name that was never seen; a map and a text are not.
 */
export function writeIdentifiers(ids: ReadonlyMap<string, SubjectIdentifiers>): TokenPart<'ids'> {
  let members = '';
  for (const [subject, identifiers] of ids) {
    if (members !== '') members += ',';
    members += `${quoted(subject)}:${JSON.stringify(identifiers)}`;
  }
  return `"ids":{${members}}` as TokenPart<'ids'>;
}

/** Writes whom a token is about, and which claims it is for; kept lists are not written again ({@link keepText}). */
export function writeReach(
  subjects: readonly SubjectGrant[],
  claims: readonly string[],
): TokenPart<'subjects' | 'claims'> {
  let grants = '';
  for (const { id, as, claims: ofSubject, relation } of subjects) {
    if (grants !== '') grants += ',';
    grants += `{"id":${quoted(id)},"as":"${as}","claims":${listText(ofSubject)}`;
    grants += relation === undefined ? '}' : `,"relation":${quoted(relation)}}`;
  }
  return `"subjects":[${grants}],"claims":${listText(claims)}` as TokenPart<'subjects' | 'claims'>;
}

/** Two parts as one, no member in both. */
export function joinTokenParts<One extends keyof CallerToken, Other extends keyof CallerToken>(
  one: TokenPart<One>,
  other: TokenPart<Other>,
): TokenPart<One | Other> {
  return `${one},${other}` as TokenPart<One | Other>;
}

/** The members no token is without. */
type Demanded = {
  [Member in keyof CallerToken]-?: undefined extends CallerToken[Member] ? never : Member;
}[keyof CallerToken];

/** Signs the token that parts make up together, no member in two of them: {@link signCallerToken} of their members. */
export function signTokenParts<One extends keyof CallerToken, Other extends keyof CallerToken>(
  one: TokenPart<One>,
  other: [Exclude<Demanded, One | Other>] extends [never] ? TokenPart<Other> : never,
  key: Buffer,
): CompactToken {
  return signPayload(`{${one},${other}}`, key);
}
