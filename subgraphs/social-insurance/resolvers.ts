import { changePage, identifierOf, legalDateOf, pageOf, sourceOf } from '@dinhdanh/kit';
import type { CallContext, Matched, PageArguments } from '@dinhdanh/kit';
import type { Loaders } from './loaders.ts';
import { cardInForce, currentMembership, healthCodeParts, ratePercentOf } from './rules.ts';
import type { HealthCard, InsuranceStore, Membership } from './store.ts';

/** What a resolver of this service is given. */
export interface Context extends CallContext, Loaders {
  readonly store: InsuranceStore;
}

type MembershipRow = Matched<Membership>;
type CardRow = Matched<HealthCard>;

const DATABASE = {
  database: 'Cơ sở dữ liệu quốc gia về bảo hiểm',
  agency: 'Bảo hiểm xã hội Việt Nam, Bộ Tài chính',
};

/** The resolvers of social-insurance.graphql. */
export const resolvers = {
  Query: {
    socialInsuranceChanges: (_: unknown, args: PageArguments, { caller, store }: Context) =>
      changePage(caller, args, store.changesAfter),
  },
  Person: {
    __resolveReference: ({ subject }: { subject: string }) => ({ subject }),
    socialInsurance: async ({ subject }: { subject: string }, _: unknown, context: Context) =>
      currentMembership(await context.memberships.load(subject)),
    healthInsurance: async ({ subject }: { subject: string }, _: unknown, context: Context) =>
      cardInForce(await context.cards.load(subject), legalDateOf(context.now)),
  },
  SocialInsurance: {
    __resolveReference: ({ ref }: { ref: string }, context: Context) => context.membershipsByRef.load(ref),
    holder: (membership: MembershipRow, _: unknown, context: Context) =>
      context.attest(identifierOf(membership)),
    holderDateOfBirth: (membership: MembershipRow) => membership.dateOfBirth,
    contributionPeriods: async (membership: MembershipRow, args: PageArguments, context: Context) => {
      const source = sourceOf(DATABASE, membership, context.now);
      const periods = await context.periods.load(membership.ref);
      return pageOf(
        periods.map((period) => ({ ...period, salaryBase: Number(period.salaryBase), source })),
        args,
      );
    },
    benefitsReceived: async (membership: MembershipRow, args: PageArguments, context: Context) => {
      const source = sourceOf(DATABASE, membership, context.now);
      const benefits = await context.benefits.load(membership.ref);
      return pageOf(
        benefits.map((benefit) => ({ ...benefit, amount: Number(benefit.amount), source })),
        args,
      );
    },
    source: (membership: MembershipRow, _: unknown, context: Context) =>
      sourceOf(DATABASE, membership, context.now),
  },
  HealthInsurance: {
    __resolveReference: ({ ref }: { ref: string }, context: Context) => context.cardsByRef.load(ref),
    holder: (card: CardRow, _: unknown, context: Context) => context.attest(identifierOf(card)),
    holderDateOfBirth: (card: CardRow) => card.dateOfBirth,
    number: ({ code }: CardRow) => healthCodeParts(code)?.number,
    code15: ({ code }: CardRow) => code,
    object: ({ code }: CardRow) => healthCodeParts(code)?.object,
    benefitLevel: ({ code }: CardRow) => healthCodeParts(code)?.benefitLevel,
    ratePercent: ({ code }: CardRow) => ratePercentOf(healthCodeParts(code)?.benefitLevel ?? 0),
    registeredFacility: async ({ facilityCode }: CardRow, _: unknown, context: Context) =>
      (await context.facilities.load(facilityCode))[0],
    medicalVisits: async (card: CardRow, args: PageArguments, context: Context) => {
      const source = sourceOf(DATABASE, card, context.now);
      const visits = await context.visits.load(card.ref);
      return pageOf(
        visits.map((visit) => ({ ...visit, amountPaid: Number(visit.amountPaid), source })),
        args,
      );
    },
    source: (card: CardRow, _: unknown, context: Context) => sourceOf(DATABASE, card, context.now),
  },
};
