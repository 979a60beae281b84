import fleetRows from './cast-vehicles.json' with { type: 'json' };
import castFile from './cast.json' with { type: 'json' };
import { castFaults } from './cast-faults.ts';
import type { Persona, PersonaKey } from './persona.ts';
import type { RowHolder, SyntheticPerson, VehicleRecord } from './records.ts';
import { SEED_TODAY, yearsLater } from './seed-day.ts';
import { tellLater } from './tell-later.ts';

/** The fields of a row of cast-vehicles.json, one text divided by `|`. */
const FLEET_FIELDS = [
  ...['plate', 'brand', 'model', 'type', 'seats', 'fuel', 'colour', 'year', 'issueDate', 'chassisNumber'],
  ...['engineNumber', 'inspectedOn', 'validTo', 'ref'],
] as const;

type FleetRow = Readonly<Record<(typeof FLEET_FIELDS)[number], string>>;

function fleetRow(text: string): FleetRow {
  const parts = text.split('|');
  if (parts.length !== FLEET_FIELDS.length)
    throw new TypeError(`cast-vehicles.json: a row has ${FLEET_FIELDS.join(', ')}.`);
  return Object.fromEntries(FLEET_FIELDS.map((field, place) => [field, parts[place]])) as FleetRow;
}

function fleetVehicle(row: FleetRow, holder: RowHolder): VehicleRecord {
  const { ref, plate, brand, model, colour, issueDate, chassisNumber, engineNumber, validTo } = row;
  const digits = plate.replaceAll(/\D/gu, '');
  return {
    ref,
    holder,
    plate,
    plateRecord: {
      plate,
      kind: issueDate < '2023-08-15' ? 'LEGACY' : 'IDENTITY',
      colour: 'YELLOW',
      provinceCode: plate.slice(0, 2),
      attachedFrom: issueDate,
      attachedTo: null,
    },
    registrationNumber: digits,
    issueDate,
    place: 'Phòng Cảnh sát giao thông, Công an Thành phố Hải Phòng',
    type: row.type as VehicleRecord['type'],
    brand,
    model,
    colour,
    year: Number(row.year),
    seats: Number(row.seats),
    fuel: row.fuel as VehicleRecord['fuel'],
    chassisNumber,
    engineNumber,
    ownerKind: 'TRANSPORT',
    inspection: {
      certificateNo: `KD${digits}`,
      centre: 'Trung tâm Đăng kiểm xe cơ giới 15-01V',
      date: row.inspectedOn,
      validTo,
      result: 'PASSED',
    },
    mandatoryInsurance: { insurer: 'Bảo hiểm Biển Đông (giả lập)', number: `TNDS${digits}`, validTo },
    verifiedAt: `${issueDate}T02:45:00Z`,
    assurance: 'MATCHED',
  };
}

function withFleet(persona: (typeof castFile.personas)[number]): Persona {
  const { records, ...rest } = persona;
  const { identifiers } = persona.account;
  const vehicles =
    typeof records.vehicles === 'string' && identifiers !== null
      ? fleetRows.map((row) =>
          fleetVehicle(fleetRow(row), {
            personalNumber: identifiers.personalNumber,
            oldIdNumber: null,
            passportNumber: null,
            fullName: identifiers.fullName,
            dateOfBirth: identifiers.dateOfBirth,
          }),
        )
      : records.vehicles;
  const read = {
    ...records,
    population: records.population ?? undefined,
    immigration: records.immigration ?? undefined,
    socialInsurance: records.socialInsurance ?? undefined,
    healthInsurance: records.healthInsurance ?? undefined,
    vehicles,
  };
  return { ...rest, records: read } as unknown as Persona;
}

function loadCast(): readonly Persona[] {
  const personas = castFile.personas.map(withFleet);
  const faults = castFaults(personas);
  if (faults.length > 0) throw new TypeError(`cast.json: ${faults.join(' ')}`);
  return personas;
}

/** The cast as it was written, for {@link SEED_TODAY}, checked when it is loaded: persons first, then staff. */
export const cast: readonly Persona[] = loadCast();

/**
 * The cast as of a day: as many whole years later as have gone by since {@link SEED_TODAY}, so that who is a child in it
 * stays one, and what is in force stays in force. Before that day it is as it was written.
 */
export function castOn(today: string): readonly Persona[] {
  const years = yearsLater(today);
  const told = later.get(years) ?? tellLater(cast, years);
  later.set(years, told);
  return told;
}

const later = new Map<number, readonly Persona[]>();

/** The cast of a day as seeds read people: staff left out, indexes below zero, so that none meets a bulk person's. */
export function castPeopleOn(today: string): readonly SyntheticPerson[] {
  return castOn(today)
    .filter(({ account }) => account.kind !== 'STAFF')
    .map(({ account, records }, place) => ({
      index: -1 - place,
      kind: account.kind === 'FOREIGN_RESIDENT' ? 'FOREIGN_RESIDENT' : 'CITIZEN',
      account,
      ...records,
    }));
}

/** {@link castPeopleOn} the day the cast was written for. */
export const castPeople: readonly SyntheticPerson[] = castPeopleOn(SEED_TODAY);

/** The persona of a key, as of a day. */
export function persona(key: PersonaKey, today: string = SEED_TODAY): Persona {
  const found = castOn(today).find((entry) => entry.key === key);
  if (found === undefined) throw new TypeError(`cast.json has no persona "${key}".`);
  return found;
}
