import { AppError } from '@dinhdanh/kit';
import type { CallContext, CallerToken } from '@dinhdanh/kit';
import type { DecideRelyingPartyInput, RelyingPartyInput } from '../generated/resolvers.ts';
import { purposes } from './purposes.ts';
import { register, test, update } from './register.ts';
import type { RegistrationOutcome, RegistrationRoom } from './register.ts';
import type { ApplicationPlace, PartyRow, PartyState } from './store.ts';

/** What the resolvers of relying parties are given. */
export interface PartyContext extends CallContext {
  readonly room: { readonly registration: RegistrationRoom };
}

const MOST_APPLICATIONS = 100;

const stateOf: Readonly<Record<DecideRelyingPartyInput['decision'], PartyState>> = {
  APPROVE: 'APPROVED',
  REFUSE: 'REFUSED',
  SUSPEND: 'SUSPENDED',
};

/** Roots and types of sharing.graphql that are about relying parties. */
export const partyResolvers = {
  Query: {
    purposes: () => [...purposes.values()],
    relyingParties: (_: unknown, _args: unknown, { caller, room }: PartyContext) => {
      const organisations = (caller.organisations ?? []).map(({ id }) => id);
      return room.registration.parties.ofOrganisations(organisations);
    },
    relyingPartyApplications: async (
      _: unknown,
      { first, after }: { first: number; after?: string | null | undefined },
      { caller, room }: PartyContext,
    ) => {
      requireOperator(caller);
      const most = Math.min(Math.max(first, 1), MOST_APPLICATIONS);
      const rows = await room.registration.parties.applications(readPlace(after ?? null), most + 1);
      const nodes = rows.slice(0, most);
      const last = nodes.at(-1);
      return {
        nodes,
        pageInfo: {
          hasNextPage: rows.length > most,
          endCursor: last === undefined ? null : writePlace(last),
        },
      };
    },
  },
  Mutation: {
    registerRelyingParty: (
      _: unknown,
      { input }: { input: RelyingPartyInput },
      context: PartyContext,
    ): Promise<RegistrationOutcome> => register(input, context, context.room.registration),
    updateRelyingParty: (
      _: unknown,
      { id, input }: { id: string; input: RelyingPartyInput },
      { caller, room }: PartyContext,
    ): Promise<RegistrationOutcome> => update(id, input, caller, room.registration),
    testRelyingParty: (
      _: unknown,
      { id }: { id: string },
      { caller, room }: PartyContext,
    ): Promise<RegistrationOutcome> => test(id, caller, room.registration),
    decideRelyingParty: async (
      _: unknown,
      { input }: { input: DecideRelyingPartyInput },
      { caller, now, room }: PartyContext,
    ): Promise<PartyRow> => {
      requireOperator(caller);
      const { id, decision, reason } = input;
      if (decision !== 'APPROVE' && (reason ?? null) === null)
        throw new AppError('BAD_USER_INPUT', { field: 'reason', reason: 'REASON_REQUIRED' });
      const { parties } = room.registration;
      const isDecided = await parties.decide(id, {
        state: stateOf[decision],
        reason: decision === 'APPROVE' ? null : (reason ?? null),
        decidedBy: caller.act.id,
        decidedAt: now,
      });
      const party = isDecided ? await parties.find(id) : null;
      if (party === null) throw new AppError('NOT_FOUND');
      return party;
    },
  },
  RelyingParty: {
    organisation: ({ organisationId }: PartyRow) => organisationId,
    keyIds: ({ jwks }: PartyRow) => (jwks?.keys ?? []).map(({ kid }) => String(kid)),
    registeredAt: ({ registeredAt }: PartyRow) => registeredAt.toISOString(),
    decidedAt: ({ decidedAt }: PartyRow) => decidedAt?.toISOString() ?? null,
  },
};

/** Operators alone decide who may ask people; nobody decides on an organisation they represent, since staff represent none. */
function requireOperator({ act, role }: CallerToken): void {
  if (act.kind !== 'officer' || role !== 'OPERATOR')
    throw new AppError('NOT_PERMITTED', { internal: 'operators alone' });
}

function writePlace({ registeredAt, id }: PartyRow): string {
  return Buffer.from(`${registeredAt.toISOString()} ${id}`).toString('base64url');
}

function readPlace(cursor: string | null): ApplicationPlace | null {
  if (cursor === null) return null;
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const registeredAt = new Date(at);
  if (Number.isNaN(registeredAt.getTime()) || id === '')
    throw new AppError('BAD_USER_INPUT', { field: 'after' });
  return { registeredAt, id };
}
