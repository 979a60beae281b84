import type { RelyingPartyInput } from '../generated/resolvers.ts';
import { problem } from './party-problem.ts';
import type { PartyProblem } from './party-problem.ts';
import { purposes } from './purposes.ts';

const MOST_REDIRECTS = 10;
const MOST_PURPOSES = 5;
const NAME = /^[^\p{Cc}]{2,80}$/u;
const DOMAIN = /^(?=.{4,200}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;
const MAIL = /^[^\s@<>"]{1,64}@[^\s@<>"]{3,200}$/;

/** What a registration may do beyond what it may in earnest. */
export interface RegistrationLeeway {
  /** Answers may be sent to this machine in plain HTTP: for demonstrations and tests. */
  readonly allowLoopback: boolean;
}

/** All that is wrong with a registration but for its keys, in the order of the form. */
export function checkRegistration(input: RelyingPartyInput, leeway: RegistrationLeeway): PartyProblem[] {
  return [
    ...(NAME.test(input.displayName.trim()) ? [] : [problem('displayName', 'TEXT_LENGTH')]),
    ...(DOMAIN.test(input.domain) ? [] : [problem('domain', 'DOMAIN_INVALID')]),
    ...(isContact(input.dataContact) ? [] : [problem('dataContact', 'CONTACT_INVALID')]),
    ...checkRedirects(input.redirectUris, input.domain, leeway),
    ...checkPurposes(input.purposes),
  ];
}

function isContact(text: string): boolean {
  return MAIL.test(text) || (text.length <= 300 && urlOf(text)?.protocol === 'https:');
}

function checkRedirects(
  uris: readonly string[],
  domain: string,
  { allowLoopback }: RegistrationLeeway,
): PartyProblem[] {
  const isUsual = uris.length > 0 && uris.length <= MOST_REDIRECTS && new Set(uris).size === uris.length;
  if (!isUsual) return [problem('redirectUris', 'REDIRECTS_COUNT')];
  return uris.flatMap((uri, at) => {
    const field = `redirectUris[${at}]`;
    const url = uri.length > 300 || /[#*\s]/.test(uri) ? null : urlOf(uri);
    if (url === null || url.username !== '' || url.password !== '')
      return [problem(field, 'REDIRECT_INVALID')];
    if (isLoopback(url)) return allowLoopback ? [] : [problem(field, 'REDIRECT_INVALID')];
    if (url.protocol !== 'https:') return [problem(field, 'REDIRECT_INVALID')];
    // A domain that is none is told already.
    const isOwn = url.hostname === domain || url.hostname.endsWith(`.${domain}`) || !DOMAIN.test(domain);
    return isOwn ? [] : [problem(field, 'REDIRECT_FOREIGN')];
  });
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1';
}

function checkPurposes(asked: RelyingPartyInput['purposes']): PartyProblem[] {
  const codes = asked.map(({ code }) => code);
  const isUsual = asked.length > 0 && asked.length <= MOST_PURPOSES && new Set(codes).size === codes.length;
  if (!isUsual) return [problem('purposes', 'PURPOSES_COUNT')];
  return asked.flatMap(({ code, claims, retentionDays, standing }, at) => {
    const field = `purposes[${at}]`;
    const purpose = purposes.get(code);
    if (purpose === undefined) return [problem(`${field}.code`, 'PURPOSE_UNKNOWN')];
    const isBeyond = claims.some((claim) => !purpose.claims.includes(claim));
    return [
      ...(claims.length === 0 ? [problem(`${field}.claims`, 'CLAIMS_MISSING')] : []),
      ...(isBeyond ? [problem(`${field}.claims`, 'CLAIM_BEYOND_PURPOSE')] : []),
      ...(retentionDays < 0 || retentionDays > purpose.retentionDays
        ? [problem(`${field}.retentionDays`, 'RETENTION_TOO_LONG')]
        : []),
      ...(standing === true && !purpose.standing
        ? [problem(`${field}.standing`, 'STANDING_NOT_ALLOWED')]
        : []),
    ];
  });
}

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
