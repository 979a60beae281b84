import { identityColumns, identityValues, loadRows, verifiedColumns, verifiedValues } from '@dinhdanh/kit';
import type { CopyTable, Seed, SeedRow } from '@dinhdanh/kit';
import { everybody } from '@dinhdanh/people';
import type { RetainedPlateRecord, SyntheticPerson, VehicleRecord } from '@dinhdanh/people';

const TABLES: readonly CopyTable[] = [
  {
    table: 'vehicles',
    columns: [
      ...['ref', ...identityColumns, 'registration_number', 'issue_date', 'place', 'type', 'brand', 'model'],
      ...['colour', 'year', 'seats', 'fuel', 'chassis_number', 'engine_number', 'owner_kind'],
      ...verifiedColumns,
    ],
  },
  {
    table: 'plates',
    columns: [
      ...['plate', ...identityColumns, 'kind', 'colour', 'province_code', 'retained_from', 'retained_until'],
      ...verifiedColumns,
    ],
  },
  {
    table: 'plate_attachments',
    columns: ['vehicle_ref', 'attached_from', 'attached_to', 'plate', 'kind', 'colour'],
  },
  {
    table: 'inspections',
    columns: ['vehicle_ref', 'certificate_no', 'centre', 'date', 'valid_to', 'result'],
  },
  { table: 'mandatory_insurances', columns: ['vehicle_ref', 'number', 'insurer', 'valid_to'] },
];

/** Fills the vehicle database: the cast, then the people drawn from the seed. */
export const seed: Seed = ({ databaseUrl, progress, lastAct, ...drawn }) =>
  loadRows({ databaseUrl, progress, lastAct, tables: TABLES, things: everybody(drawn), rowsOf });

function* rowsOf(person: SyntheticPerson): Generator<SeedRow> {
  for (const vehicle of person.vehicles) yield* vehicleRows(vehicle);
  for (const plate of person.retainedPlates) yield { table: 'plates', row: retainedPlateRow(plate) };
}

function* vehicleRows(vehicle: VehicleRecord): Generator<SeedRow> {
  const { ref, holder, plateRecord: fitted, inspection, mandatoryInsurance: insurance } = vehicle;
  yield { table: 'vehicles', row: vehicleRow(vehicle) };
  yield {
    table: 'plates',
    row: [
      ...[fitted.plate, ...identityValues(holder), fitted.kind, fitted.colour, fitted.provinceCode],
      ...[null, null, ...verifiedValues(vehicle)],
    ],
  };
  const { attachedFrom, attachedTo, plate, kind, colour } = fitted;
  yield { table: 'plate_attachments', row: [ref, attachedFrom, attachedTo, plate, kind, colour] };
  if (inspection !== null) {
    const { certificateNo, centre, date, validTo, result } = inspection;
    yield { table: 'inspections', row: [ref, certificateNo, centre, date, validTo, result] };
  }
  if (insurance !== null) {
    const { number, insurer, validTo } = insurance;
    yield { table: 'mandatory_insurances', row: [ref, number, insurer, validTo] };
  }
}

function vehicleRow(vehicle: VehicleRecord) {
  return [
    ...[vehicle.ref, ...identityValues(vehicle.holder), vehicle.registrationNumber, vehicle.issueDate],
    ...[vehicle.place, vehicle.type, vehicle.brand, vehicle.model, vehicle.colour, vehicle.year],
    ...[vehicle.seats, vehicle.fuel, vehicle.chassisNumber, vehicle.engineNumber, vehicle.ownerKind],
    ...verifiedValues(vehicle),
  ];
}

function retainedPlateRow(plate: RetainedPlateRecord) {
  return [
    ...[plate.plate, ...identityValues(plate.holder), plate.kind, plate.colour, plate.provinceCode],
    ...[plate.retainedFrom, plate.retainedUntil, ...verifiedValues(plate)],
  ];
}
