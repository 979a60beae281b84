import { randomBytes } from 'node:crypto';
import { AppError } from '@dinhdanh/kit';
import type { CallerToken } from '@dinhdanh/kit';
import type { RelyingPartyInput } from '../generated/resolvers.ts';
import { checkKeys } from './check-keys.ts';
import type { CheckedKeys } from './check-keys.ts';
import { checkRegistration } from './check-registration.ts';

import { problem } from './party-problem.ts';
import type { PartyProblem } from './party-problem.ts';
import { readPublishedKeys } from './read-published-keys.ts';
import type { PartyRegistration, PartyRow, PartyState, PartyStore } from './store.ts';

/** What registration depends on. */
export interface RegistrationRoom {
  readonly parties: PartyStore;
  readonly allowLoopback: boolean;
}

/** An organisation the caller represents, as accounts has told the gateway. */
export type Organisation = NonNullable<CallerToken['organisations']>[number];

/** What a registration or a test came to: the party, or all that is to be mended first. */
export interface RegistrationOutcome {
  readonly party: PartyRow | null;
  readonly problems: readonly PartyProblem[];
}

/** The organisation of an id that the caller represents. @throws AppError `NOT_PERMITTED` for any other */
export function representedBy(caller: CallerToken, organisation: string): Organisation {
  const found = caller.organisations?.find(({ id }) => id === organisation);
  if (caller.act.kind !== 'person' || caller.level !== 2 || found === undefined)
    throw new AppError('NOT_PERMITTED', { internal: 'no representative of the organisation' });
  return found;
}

/**
 * Registers a relying party in the sandbox, where it works at once with synthetic people; an operator's approval lets it
 * ask everybody. Everything is tried now, keys and addresses too, so that nothing is accepted that fails later.
 */
export async function register(
  input: RelyingPartyInput,
  { caller, now }: { readonly caller: CallerToken; readonly now: Date },
  room: RegistrationRoom,
): Promise<RegistrationOutcome> {
  const organisation = representedBy(caller, input.organisation);
  const checked = await check(input, room);
  if (checked.registration === null) return { party: null, problems: checked.problems };
  const party: PartyRow = {
    ...checked.registration,
    ...namesOf(organisation),
    id: `rp-${randomBytes(12).toString('hex')}`,
    state: 'SANDBOX',
    reason: null,
    registeredBy: selfOf(caller),
    registeredAt: now,
    decidedAt: null,
  };
  await room.parties.keep(party);
  return { party, problems: [] };
}

/** Replaces what was registered. Within what was approved it stays approved; what goes beyond waits for an operator. */
export async function update(
  id: string,
  input: RelyingPartyInput,
  caller: CallerToken,
  room: RegistrationRoom,
): Promise<RegistrationOutcome> {
  const organisation = representedBy(caller, input.organisation);
  const before = await room.parties.find(id);
  if (before === null || before.organisationId !== organisation.id) throw new AppError('NOT_FOUND');
  const checked = await check(input, room);
  if (checked.registration === null) return { party: null, problems: checked.problems };
  const state = stateAfter(before, checked.registration);
  const party = { ...before, ...checked.registration, ...namesOf(organisation), state };
  await room.parties.keep(party);
  return { party, problems: [] };
}

/** Tries the keys of a registered party again: what is published may have changed since. */
export async function test(
  id: string,
  caller: CallerToken,
  room: RegistrationRoom,
): Promise<RegistrationOutcome> {
  const party = await room.parties.find(id);
  if (party === null) throw new AppError('NOT_FOUND');
  representedBy(caller, party.organisationId);
  const { problems } =
    party.jwksUri === null
      ? checkKeys(JSON.stringify(party.jwks), 'jwks')
      : await checkPublishedKeys(party.jwksUri, room);
  return { party, problems };
}

/** Suspended and refused parties stay so; an approved one stays approved within what was approved. */
function stateAfter(before: PartyRow, after: PartyRegistration): PartyState {
  if (before.state !== 'APPROVED') return before.state;
  const isWithin = after.purposes.every((purpose) => {
    const approved = before.purposes.find(({ code }) => code === purpose.code);
    return (
      approved !== undefined &&
      purpose.claims.every((claim) => approved.claims.includes(claim)) &&
      purpose.retentionDays <= approved.retentionDays &&
      (approved.standing || !purpose.standing)
    );
  });
  return isWithin && after.domain === before.domain ? 'APPROVED' : 'SANDBOX';
}

async function check(
  input: RelyingPartyInput,
  room: RegistrationRoom,
): Promise<{ registration: PartyRegistration | null; problems: readonly PartyProblem[] }> {
  const keys = await checkSentKeys(input, room);
  const problems = [...checkRegistration(input, room), ...keys.problems];
  if (problems.length > 0) return { registration: null, problems };
  const { displayName, domain, dataContact, redirectUris, purposes } = input;
  const jwksUri = input.jwksUri ?? null;
  const registration: PartyRegistration = {
    displayName: displayName.trim(),
    ...{ domain, dataContact, redirectUris, jwksUri },
    jwks: jwksUri === null ? keys.keys : null,
    purposes: purposes.map(({ code, claims, retentionDays, standing }) => ({
      ...{ code, retentionDays },
      claims: [...new Set(claims)].toSorted(),
      standing: standing ?? false,
    })),
  };
  return { registration, problems: [] };
}

async function checkSentKeys(input: RelyingPartyInput, room: RegistrationRoom): Promise<CheckedKeys> {
  const [jwks, jwksUri] = [input.jwks ?? null, input.jwksUri ?? null];
  if ((jwks === null) === (jwksUri === null))
    return { keys: null, problems: [problem('jwks', 'KEYS_MISSING')] };
  return jwks === null ? checkPublishedKeys(jwksUri ?? '', room) : checkKeys(jwks, 'jwks');
}

async function checkPublishedKeys(
  jwksUri: string,
  { allowLoopback }: RegistrationRoom,
): Promise<CheckedKeys> {
  const text = await readPublishedKeys(jwksUri, allowLoopback);
  if (text === null) return { keys: null, problems: [problem('jwksUri', 'KEYS_UNREACHABLE')] };
  return checkKeys(text, 'jwksUri');
}

function namesOf({
  id,
  legalName,
  taxCode,
  sector,
}: Organisation): Pick<PartyRow, 'organisationId' | 'legalName' | 'taxCode' | 'sector'> {
  return { organisationId: id, legalName, taxCode, sector };
}

function selfOf({ subjects }: CallerToken): string {
  const self = subjects.find(({ as }) => as === 'self')?.id;
  if (self === undefined) throw new AppError('UNAUTHENTICATED');
  return self;
}
