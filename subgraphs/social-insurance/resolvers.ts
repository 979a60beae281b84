import { changePage, identifierOf, legalDateOf, pageOf, servedPage, sourceOf } from '@dinhdanh/kit';
import type { CallContext, Matched, ToldSource } from '@dinhdanh/kit';
import type { Resolvers } from './generated/resolvers.ts';
import type { Loaders } from './loaders.ts';
import { cardInForce, currentMembership, healthCodeParts, ratePercentOf } from './rules.ts';
import type {
  Benefit,
  ContributionPeriod,
  HealthCard,
  InsuranceStore,
  MedicalVisit,
  Membership,
} from './store.ts';

/** What a resolver of this service is given. */
export interface Context extends CallContext, Loaders {
  readonly store: InsuranceStore;
}

/** A membership of one of the call's people. */
export type MembershipRow = Matched<Membership>;
/** A health insurance card of one of the call's people. */
export type CardRow = Matched<HealthCard>;
/** What hangs on a membership or card: its amount as the schema's number, the source that of the row it hangs on. */
type Told<Part, Amount extends keyof Part> = Omit<Part, Amount> &
  Readonly<Record<Amount, number>> & { readonly source: ToldSource };
/** A period of contribution. */
export type ToldPeriod = Told<ContributionPeriod, 'salaryBase'>;
/** A benefit received. */
export type ToldBenefit = Told<Benefit, 'amount'>;
/** A visit paid by the insurance. */
export type ToldVisit = Told<MedicalVisit, 'amountPaid'>;

const DATABASE = {
  database: 'Cơ sở dữ liệu quốc gia về bảo hiểm',
  agency: 'Bảo hiểm xã hội Việt Nam, Bộ Tài chính',
};

/** The resolvers of social-insurance.graphql. */
export const resolvers: Resolvers = {
  Query: {
    socialInsuranceChanges: (_, args, { caller, store }) => changePage(caller, args, store.changesAfter),
    socialInsuranceServed: (_, args, context) => servedPage(context, args),
  },
  Person: {
    __resolveReference: ({ subject }) => ({ subject }),
    socialInsurance: async ({ subject }, _, context) =>
      currentMembership(await context.memberships.load(subject)),
    healthInsurance: async ({ subject }, _, context) =>
      cardInForce(await context.cards.load(subject), legalDateOf(context.now)),
  },
  SocialInsurance: {
    __resolveReference: ({ ref }, context) => context.membershipsByRef.load(ref),
    holder: (membership, _, context) => context.attest(identifierOf(membership)),
    holderDateOfBirth: (membership) => membership.dateOfBirth,
    contributionPeriods: async (membership, args, context) => {
      const source = sourceOf(DATABASE, membership, context.now);
      const periods = await context.periods.load(membership.ref);
      return pageOf(
        periods.map((period) => ({ ...period, salaryBase: Number(period.salaryBase), source })),
        args,
      );
    },
    benefitsReceived: async (membership, args, context) => {
      const source = sourceOf(DATABASE, membership, context.now);
      const benefits = await context.benefits.load(membership.ref);
      return pageOf(
        benefits.map((benefit) => ({ ...benefit, amount: Number(benefit.amount), source })),
        args,
      );
    },
    source: (membership, _, context) => sourceOf(DATABASE, membership, context.now),
  },
  HealthInsurance: {
    __resolveReference: ({ ref }, context) => context.cardsByRef.load(ref),
    holder: (card, _, context) => context.attest(identifierOf(card)),
    holderDateOfBirth: (card) => card.dateOfBirth,
    number: ({ code }) => healthCodeParts(code)?.number ?? null,
    code15: ({ code }) => code,
    object: ({ code }) => healthCodeParts(code)?.object ?? null,
    benefitLevel: ({ code }) => healthCodeParts(code)?.benefitLevel ?? null,
    ratePercent: ({ code }) => ratePercentOf(healthCodeParts(code)?.benefitLevel ?? 0),
    registeredFacility: async ({ facilityCode }, _, context) =>
      (await context.facilities.load(facilityCode))[0] ?? null,
    medicalVisits: async (card, args, context) => {
      const source = sourceOf(DATABASE, card, context.now);
      const visits = await context.visits.load(card.ref);
      return pageOf(
        visits.map((visit) => ({ ...visit, amountPaid: Number(visit.amountPaid), source })),
        args,
      );
    },
    source: (card, _, context) => sourceOf(DATABASE, card, context.now),
  },
};
