import { changePage, identifierOf, legalDateOf, servedPage, sourceOf } from '@dinhdanh/kit';
import type { CallContext, Matched, ToldSource } from '@dinhdanh/kit';
import type { Resolvers } from './generated/resolvers.ts';
import type { Loaders } from './loaders.ts';
import { isRetained, plateProvince } from './rules.ts';
import type {
  Inspection,
  MandatoryInsurance,
  Plate,
  PlateAttachment,
  Vehicle,
  VehicleStore,
} from './store.ts';

/** What a resolver of this service is given. */
export interface Context extends CallContext, Loaders {
  readonly store: VehicleStore;
}

/** A vehicle of one of the call's people. */
export type VehicleRow = Matched<Vehicle>;
/** A plate that one of the call's people keeps. */
export type PlateRow = Matched<Plate>;
/** What hangs on a vehicle, told with the source of the vehicle's own row. */
type Told<Part> = Part & { readonly source: ToldSource };
/** The plate on a vehicle. */
export type ToldPlate = Told<PlateAttachment & { readonly provinceCode: string }>;
/** The last inspection of a vehicle. */
export type ToldInspection = Told<Inspection>;
/** The compulsory insurance of a vehicle. */
export type ToldInsurance = Told<MandatoryInsurance>;

const DATABASE = {
  database: 'Cơ sở dữ liệu về đăng ký, quản lý phương tiện giao thông cơ giới đường bộ',
  agency: 'Cục Cảnh sát giao thông, Bộ Công an',
};

/** The resolvers of vehicles.graphql. */
export const resolvers: Resolvers = {
  Query: {
    vehicleChanges: (_, args, { caller, store }) => changePage(caller, args, store.changesAfter),
    vehiclesServed: (_, args, context) => servedPage(context, args),
  },
  Person: {
    __resolveReference: ({ subject }) => ({ subject }),
    vehicles: ({ subject }, _, context) => context.vehicles.load(subject),
    retainedPlates: async ({ subject }, _, context) => {
      const today = legalDateOf(context.now);
      return (await context.retainedPlates.load(subject)).filter((plate) => isRetained(plate, today));
    },
  },
  Vehicle: {
    __resolveReference: ({ ref }, context) => context.vehiclesByRef.load(ref),
    holder: (vehicle, _, context) => context.attest(identifierOf(vehicle)),
    holderDateOfBirth: (vehicle) => vehicle.dateOfBirth,
    plate: async (vehicle, _, context) => (await context.attachments.load(vehicle.ref)).at(-1)?.plate ?? null,
    plateRecord: async (vehicle, _, context) => {
      const attachment = (await context.attachments.load(vehicle.ref)).at(-1);
      return told(
        attachment && { ...attachment, provinceCode: plateProvince(attachment.plate) },
        vehicle,
        context,
      );
    },
    inspection: async (vehicle, _, context) =>
      told((await context.inspections.load(vehicle.ref)).at(-1), vehicle, context),
    mandatoryInsurance: async (vehicle, _, context) =>
      told((await context.insurances.load(vehicle.ref)).at(-1), vehicle, context),
    source: (vehicle, _, context) => sourceOf(DATABASE, vehicle, context.now),
  },
  RetainedPlate: {
    holder: (plate, _, context) => context.attest(identifierOf(plate)),
    source: (plate, _, context) => sourceOf(DATABASE, plate, context.now),
  },
};

/** What hangs on a vehicle is as sure as the vehicle's own row. */
function told<Part extends object>(
  part: Part | undefined,
  vehicle: VehicleRow,
  context: Context,
): Told<Part> | null {
  return part === undefined ? null : { ...part, source: sourceOf(DATABASE, vehicle, context.now) };
}
