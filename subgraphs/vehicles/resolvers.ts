import { changePage, identifierOf, legalDateOf, sourceOf } from '@dinhdanh/kit';
import type { CallContext, Matched, PageArguments } from '@dinhdanh/kit';
import type { Loaders } from './loaders.ts';
import { isRetained, plateProvince } from './rules.ts';
import type { Plate, Vehicle, VehicleStore } from './store.ts';

/** What a resolver of this service is given. */
export interface Context extends CallContext, Loaders {
  readonly store: VehicleStore;
}

type VehicleRow = Matched<Vehicle>;
type PlateRow = Matched<Plate>;

const DATABASE = {
  database: 'Cơ sở dữ liệu về đăng ký, quản lý phương tiện giao thông cơ giới đường bộ',
  agency: 'Cục Cảnh sát giao thông, Bộ Công an',
};

/** The resolvers of vehicles.graphql. */
export const resolvers = {
  Query: {
    vehicleChanges: (_: unknown, args: PageArguments, { caller, store }: Context) =>
      changePage(caller, args, store.changesAfter),
  },
  Person: {
    __resolveReference: ({ subject }: { subject: string }) => ({ subject }),
    vehicles: ({ subject }: { subject: string }, _: unknown, context: Context) =>
      context.vehicles.load(subject),
    retainedPlates: async ({ subject }: { subject: string }, _: unknown, context: Context) => {
      const today = legalDateOf(context.now);
      return (await context.retainedPlates.load(subject)).filter((plate) => isRetained(plate, today));
    },
  },
  Vehicle: {
    __resolveReference: ({ ref }: { ref: string }, context: Context) => context.vehiclesByRef.load(ref),
    holder: (vehicle: VehicleRow, _: unknown, context: Context) => context.attest(identifierOf(vehicle)),
    holderDateOfBirth: (vehicle: VehicleRow) => vehicle.dateOfBirth,
    plate: async (vehicle: VehicleRow, _: unknown, context: Context) =>
      (await context.attachments.load(vehicle.ref)).at(-1)?.plate,
    plateRecord: async (vehicle: VehicleRow, _: unknown, context: Context) => {
      const attachment = (await context.attachments.load(vehicle.ref)).at(-1);
      return told(attachment && { ...attachment, provinceCode: plateProvince(attachment.plate) }, vehicle, context);
    },
    inspection: async (vehicle: VehicleRow, _: unknown, context: Context) =>
      told((await context.inspections.load(vehicle.ref)).at(-1), vehicle, context),
    mandatoryInsurance: async (vehicle: VehicleRow, _: unknown, context: Context) =>
      told((await context.insurances.load(vehicle.ref)).at(-1), vehicle, context),
    source: (vehicle: VehicleRow, _: unknown, context: Context) => sourceOf(DATABASE, vehicle, context.now),
  },
  RetainedPlate: {
    holder: (plate: PlateRow, _: unknown, context: Context) => context.attest(identifierOf(plate)),
    source: (plate: PlateRow, _: unknown, context: Context) => sourceOf(DATABASE, plate, context.now),
  },
};

/** What hangs on a vehicle is as sure as the vehicle's own row. */
function told<Part extends object>(part: Part | undefined, vehicle: VehicleRow, context: Context) {
  return part === undefined ? null : { ...part, source: sourceOf(DATABASE, vehicle, context.now) };
}
