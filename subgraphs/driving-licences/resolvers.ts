import { changePage, identifierOf, legalDateOf, pageOf, sourceOf } from '@dinhdanh/kit';
import type { CallContext, Matched, PageArguments } from '@dinhdanh/kit';
import type { Loaders } from './loaders.ts';
import { isHeld, licenceStatus } from './rules.ts';
import type { Licence, LicenceStore } from './store.ts';

/** What a resolver of this service is given. */
export interface Context extends CallContext, Loaders {
  readonly store: LicenceStore;
}

type LicenceRow = Matched<Licence>;

const DATABASE = {
  database: 'Cơ sở dữ liệu giấy phép lái xe',
  agency: 'Cục Cảnh sát giao thông, Bộ Công an',
};

/** The resolvers of driving-licences.graphql. */
export const resolvers = {
  Query: {
    drivingLicenceChanges: (_: unknown, args: PageArguments, { caller, store }: Context) =>
      changePage(caller, args, store.changesAfter),
  },
  Person: {
    __resolveReference: ({ subject }: { subject: string }) => ({ subject }),
    drivingLicences: ({ subject }: { subject: string }, _: unknown, context: Context) =>
      context.licences.load(subject),
  },
  DrivingLicence: {
    __resolveReference: ({ ref }: { ref: string }, context: Context) => context.licencesByRef.load(ref),
    holder: (licence: LicenceRow, _: unknown, context: Context) => context.attest(identifierOf(licence)),
    holderDateOfBirth: (licence: LicenceRow) => licence.dateOfBirth,
    status: async (licence: LicenceRow, _: unknown, context: Context) =>
      licenceStatus(licence, await context.classes.load(licence.ref), legalDateOf(context.now)),
    classes: (licence: LicenceRow, _: unknown, context: Context) => context.classes.load(licence.ref),
    restrictions: (licence: LicenceRow, _: unknown, context: Context) =>
      context.restrictions.load(licence.ref),
    points: (licence: LicenceRow, _: unknown, context: Context) => context.points.load(licence.ref),
    deductions: async (licence: LicenceRow, args: PageArguments, context: Context) => {
      const source = sourceOf(DATABASE, licence, context.now);
      const deductions = await context.deductions.load(licence.ref);
      return pageOf(
        deductions.map((deduction) => ({ ...deduction, source })),
        args,
      );
    },
    heldOrSuspended: (licence: LicenceRow, _: unknown, context: Context) => {
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
    source: (licence: LicenceRow, _: unknown, context: Context) => sourceOf(DATABASE, licence, context.now),
  },
};
