import { changePage, identifierOf, legalDateOf, pageOf, servedPage, sourceOf } from '@dinhdanh/kit';
import type { CallContext, Matched, ToldSource } from '@dinhdanh/kit';
import type { Resolvers } from './generated/resolvers.ts';
import type { Loaders } from './loaders.ts';
import { holdsClass, isHeld, licenceStatus } from './rules.ts';
import type { Licence, LicenceStore, PointsDeduction } from './store.ts';

/** What a resolver of this service is given. */
export interface Context extends CallContext, Loaders {
  readonly store: LicenceStore;
}

/** A licence of one of the call's people. */
export type LicenceRow = Matched<Licence>;
/** Points taken off, told with the source of the licence's own row. */
export type ToldDeduction = PointsDeduction & { readonly source: ToldSource };
/** What stops a licence today. */
export interface ToldHold {
  readonly kind: string | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly authority: string | null;
  readonly decisionNo: string | null;
}

const DATABASE = {
  database: 'Cơ sở dữ liệu giấy phép lái xe',
  agency: 'Cục Cảnh sát giao thông, Bộ Công an',
};

/** The resolvers of driving-licences.graphql. */
export const resolvers: Resolvers = {
  Query: {
    drivingLicenceChanges: (_, args, { caller, store }) => changePage(caller, args, store.changesAfter),
    drivingLicencesServed: (_, args, context) => servedPage(context, args),
  },
  Person: {
    __resolveReference: ({ subject }) => ({ subject }),
    drivingLicences: ({ subject }, _, context) => context.licences.load(subject),
    holdsLicence: async ({ subject }, wanted, context) => {
      const licences = await context.licences.load(subject);
      const classed = licences.map(async (licence) => ({
        ...licence,
        classes: await context.classes.load(licence.ref),
      }));
      return holdsClass(await Promise.all(classed), wanted, legalDateOf(context.now));
    },
  },
  DrivingLicence: {
    __resolveReference: ({ ref }, context) => context.licencesByRef.load(ref),
    holder: (licence, _, context) => context.attest(identifierOf(licence)),
    holderDateOfBirth: (licence) => licence.dateOfBirth,
    status: async (licence, _, context) =>
      licenceStatus(licence, await context.classes.load(licence.ref), legalDateOf(context.now)),
    classes: (licence, _, context) => context.classes.load(licence.ref),
    restrictions: (licence, _, context) => context.restrictions.load(licence.ref),
    points: (licence, _, context) => context.points.load(licence.ref),
    deductions: async (licence, args, context) => {
      const source = sourceOf(DATABASE, licence, context.now);
      const deductions = await context.deductions.load(licence.ref);
      return pageOf(
        deductions.map((deduction) => ({ ...deduction, source })),
        args,
      );
    },
    heldOrSuspended: (licence, _, context) => {
      if (!isHeld(licence, legalDateOf(context.now))) return null;
      const { holdKind, holdFrom, holdUntil, holdAuthority, holdDecisionNo } = licence;
      return {
        kind: holdKind,
        from: holdFrom,
        until: holdUntil,
        authority: holdAuthority,
        decisionNo: holdDecisionNo,
      };
    },
    source: (licence, _, context) => sourceOf(DATABASE, licence, context.now),
  },
};
