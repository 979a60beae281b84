import { AppError, matchName } from '@dinhdanh/kit';
import type { ChangeKey, IdentityColumns, NewChange } from '@dinhdanh/kit';
import {
  displayPlate,
  isInspectionValid,
  normalPlate,
  plateProvince,
  plateShapeOf,
  retention,
} from './rules.ts';
import { openStore } from './store.ts';
import type { Inspection, MandatoryInsurance, VehicleStore, VehicleWrites } from './store.ts';

/**
 * The registrar's desk: how the vehicle registry is changed. Each method is one transaction with its row of `changes`,
 * and throws `NOT_FOUND` for a vehicle the registry does not know.
 */
export interface Registrar {
  /** Writes a vehicle to its buyer under the buyer's plate; `BAD_USER_INPUT` for a plate of another shape. */
  readonly transferVehicle: (transfer: Transfer) => Promise<void>;
  /** Keeps a technical inspection; `BAD_USER_INPUT` for one that was passed and is not valid on its own day. */
  readonly recordInspection: (inspection: Inspection) => Promise<void>;
  /** Keeps a certificate of compulsory insurance. */
  readonly recordInsurance: (insurance: MandatoryInsurance) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens the registrar's desk over a vehicle database. */
export function openRegistrar(options: { readonly databaseUrl: string }): Registrar {
  const store = openStore(options);
  return {
    transferVehicle: (transfer) => transferVehicle(store, transfer),
    recordInspection: (inspection) => recordInspection(store, inspection),
    recordInsurance: (insurance) => recordInsurance(store, insurance),
    close: store.close,
  };
}

/** A sale or gift: the vehicle goes, its plate stays with the one who gave it away (Circular 79/2024/TT-BCA). */
export interface Transfer {
  readonly ref: string;
  readonly buyer: Omit<IdentityColumns, 'matchName'>;
  /** `YYYY-MM-DD`. */
  readonly on: string;
  /** The buyer's plate, with or without separators. */
  readonly plate: string;
  readonly registrationNumber: string;
}

/** Kinds of change of this registry (`VehicleChangeKind`). */
type Kind = 'OWNER_CHANGED' | 'INSPECTION_CHANGED' | 'INSURANCE_CHANGED';

function transferVehicle(store: VehicleStore, transfer: Transfer): Promise<void> {
  return store.change(async (write): Promise<NewChange<Kind>> => {
    const { ref, on } = transfer;
    const buyer = { ...transfer.buyer, matchName: matchName(transfer.buyer.holderName) };
    const vehicle = await write.vehicle.findUnique({ where: { ref } });
    if (vehicle === null) throw new AppError('NOT_FOUND');
    const plate = displayPlate(normalPlate(transfer.plate), plateShapeOf(vehicle.type));
    if (plate === null) throw new AppError('BAD_USER_INPUT', { field: 'plate' });
    await write.vehicle.update({
      where: { ref },
      data: { ...buyer, registrationNumber: transfer.registrationNumber, issueDate: on },
    });
    await takeOffPlate(write, ref, on);
    const fitted = { plate, kind: 'IDENTITY', colour: 'WHITE' };
    await write.plate.create({
      data: {
        ...fitted,
        ...buyer,
        provinceCode: plateProvince(plate),
        verifiedAt: vehicle.verifiedAt,
        assurance: vehicle.assurance,
        synthetic: vehicle.synthetic,
      },
    });
    await write.plateAttachment.create({ data: { ...fitted, vehicleRef: ref, attachedFrom: on } });
    return {
      kind: 'OWNER_CHANGED',
      keys: [document(ref), ...person(vehicle.personalNumber), ...person(buyer.personalNumber)],
    };
  });
}

async function recordInspection(store: VehicleStore, inspection: Inspection): Promise<void> {
  if (inspection.result === 'PASSED' && !isInspectionValid(inspection, inspection.date)) {
    throw new AppError('BAD_USER_INPUT', { field: 'validTo' });
  }
  await store.change(async (write): Promise<NewChange<Kind>> => {
    const keys = await keysOf(write, inspection.vehicleRef);
    await write.inspection.create({ data: inspection });
    return { kind: 'INSPECTION_CHANGED', keys };
  });
}

function recordInsurance(store: VehicleStore, insurance: MandatoryInsurance): Promise<void> {
  return store.change(async (write): Promise<NewChange<Kind>> => {
    const keys = await keysOf(write, insurance.vehicleRef);
    await write.mandatoryInsurance.create({ data: insurance });
    return { kind: 'INSURANCE_CHANGED', keys };
  });
}

/** Ends the time of the plate on a vehicle; its owner keeps it unless it is of the old kind, which is withdrawn. */
async function takeOffPlate(write: VehicleWrites, vehicleRef: string, on: string): Promise<void> {
  const open = { vehicleRef, attachedTo: null };
  const plates = (await write.plateAttachment.findMany({ where: open })).map(({ plate }) => plate);
  await write.plateAttachment.updateMany({ where: open, data: { attachedTo: on } });
  await write.plate.updateMany({
    where: { plate: { in: plates }, kind: { not: 'LEGACY' } },
    data: retention(on),
  });
}

async function keysOf(write: VehicleWrites, ref: string): Promise<ChangeKey[]> {
  const vehicle = await write.vehicle.findUnique({ where: { ref }, select: { personalNumber: true } });
  if (vehicle === null) throw new AppError('NOT_FOUND');
  return [document(ref), ...person(vehicle.personalNumber)];
}

const document = (ref: string): ChangeKey => ({ role: 'DOCUMENT', value: ref });

const person = (personalNumber: string | null): ChangeKey[] =>
  personalNumber === null ? [] : [{ role: 'PERSON', value: personalNumber }];
