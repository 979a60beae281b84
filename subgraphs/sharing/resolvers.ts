import { AppError, servedPage } from '@dinhdanh/kit';
import type { CallContext } from '@dinhdanh/kit';
import { changeConsent } from './citizen/change-consent.ts';
import { claimShare } from './citizen/claim-share.ts';
import { decideShare } from './citizen/decide-share.ts';
import { deciderOf, personOf } from './citizen/decider.ts';
import { listConsents } from './citizen/list-consents.ts';
import { consentFields } from './citizen/show-consent.ts';
import { shareRequestFields } from './citizen/show-share.ts';
import type { Resolvers } from './generated/resolvers.ts';
import { partyResolvers } from './parties/resolvers.ts';
import type { SharingRoom } from './room.ts';

/** What a resolver of this service is given. */
export interface Context extends CallContext {
  readonly room: SharingRoom;
}

/** The resolvers of sharing.graphql. */
export const resolvers: Resolvers = {
  Query: {
    ...partyResolvers.Query,
    sharingServed: (_, args, context) => servedPage(context, args),
    shareRequest: async (_, { handle }, context) => {
      const self = deciderOf(context);
      const share = await context.room.store.shares.find(handle);
      return share?.claimedBy === self ? share : null;
    },
    consent: async (_, { id }, context) => {
      const self = personOf(context);
      const consent = await context.room.store.consents.find(id);
      return consent?.grantor === self ? consent : null;
    },
  },
  Mutation: {
    ...partyResolvers.Mutation,
    claimShare: (_, { input }, context) => claimShare(input.code, context, context.room),
    decideShare: (_, { input }, context) => decideShare(input, context, context.room),
    revokeConsent: (_, { id }, context) => changeConsent(id, 'revoke', context, context.room),
    pauseConsent: (_, { id }, context) => changeConsent(id, 'pause', context, context.room),
    resumeConsent: (_, { id }, context) => changeConsent(id, 'resume', context, context.room),
  },
  Account: {
    __resolveReference: ({ subject }: { subject: string }, context) => {
      if (subject !== personOf(context))
        throw new AppError('NOT_PERMITTED', { internal: 'another’s account' });
      return { subject };
    },
    consents: (_, args, context) => listConsents(args, context, context.room.store.consents),
  },
  RelyingParty: partyResolvers.RelyingParty,
  ShareRequest: shareRequestFields,
  Consent: consentFields,
};
