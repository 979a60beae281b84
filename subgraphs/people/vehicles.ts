import { addYears, type Day, dayAt, iso, officeInstant, yearOf } from './calendar.ts';
import catalogue from './data/catalogue.json' with { type: 'json' };
import { PROVINCE_DRAW, type Province } from './geography.ts';
import type { Household, Resident, World } from './household.ts';
import { serial, vehicleSerial } from './numbers.ts';
import { opaque } from './opaque.ts';
import { mayHaveFourDigits, PLACES, plate } from './plates.ts';
import { ENTITY, Stream, Weighted } from './prng.ts';
import type { RetainedPlateRecord, VehicleRecord } from './records.ts';
import { rowHolder } from './row-holder.ts';

/** Motorcycles and cars of a household, in shares of all households. */
const MOTORBIKES = new Weighted<number>([
  [0, 10.6],
  [1, 20],
  [2, 35],
  [3, 21],
  [4, 9],
  [5, 3],
  [6, 1],
  [7, 0.4],
]);
const CARS = new Weighted<number>([
  [0, 88.5],
  [1, 9.5],
  [2, 2],
]);
const FIRST_CAR_PLACE = 12;
const FIRST_RETAINED_PLACE = 14;
// Plates are the owner's since 2023-08-15 (24/2023/TT-BCA); four-digit plates ended about 2010.
const IDENTITY_FROM = dayAt(2023, 8, 15);
const FIVE_DIGITS_FROM = dayAt(2010, 12, 6);
const OLD_ROWS_UNTIL = dayAt(2016, 1, 1);
/** 12 % of all plates; a household can have one only on its first motorcycle, one in five on its first car. */
const FOUR_DIGITS = { motorbike: 0.45, car: 0.95 } as const;
/** Share of old rows that know the 9-digit number alone, cars with an inspection run out, retained plates. */
export const VEHICLE_DEFECTS = { oldNumberOnly: 0.5, inspectionExpired: 0.05, retainedPlate: 0.03 } as const;

/** Share of cars that are old enough for an inspection to have run out. */
const OLD_ENOUGH = 0.63;

interface Make {
  readonly brand: string;
  readonly wmi: string;
  readonly models: readonly (readonly [string, number | readonly number[]])[];
}

function makesOf(
  table: Record<string, { weight: number; wmi: string; models: Record<string, number | number[]> }>,
): Weighted<Make> {
  return new Weighted(
    Object.entries(table).map(
      ([brand, { weight, wmi, models }]) => [{ brand, wmi, models: Object.entries(models) }, weight] as const,
    ),
  );
}
const motorbikeMakes = makesOf(catalogue.motorbikes);
const carMakes = makesOf(catalogue.cars);

/** A vehicle of a household before it is written out: who owns it and which place it takes. */
interface Slot {
  readonly owner: number;
  readonly place: number;
  readonly car: boolean;
}

/** Vehicles and retained plates of one person. */
export interface Garage {
  readonly vehicles: readonly VehicleRecord[];
  readonly retainedPlates: readonly RetainedPlateRecord[];
}

function slotsOf(world: World, home: Household): { slots: Slot[]; kept: Slot[] } {
  const stream = new Stream(world.seed, ENTITY.vehicle, home.index * PLACES);
  const adults = home.members.filter(({ age }) => age >= 18).map(({ place }) => place);
  const slots: Slot[] = [];
  const motorbikes = MOTORBIKES.draw(stream);
  const cars = CARS.draw(stream);
  for (let place = 0; place < motorbikes; place += 1)
    slots.push({ owner: stream.of(adults), place, car: false });
  for (let place = 0; place < cars; place += 1)
    slots.push({ owner: stream.of(adults), place: FIRST_CAR_PLACE + place, car: true });
  const kept: Slot[] = [];
  for (const _ of slots)
    if (kept.length < 2 && stream.chance(VEHICLE_DEFECTS.retainedPlate))
      kept.push({ owner: stream.of(adults), place: FIRST_RETAINED_PLACE + kept.length, car: false });
  return { slots, kept };
}

function registeredOn(stream: Stream, owner: Resident, fourDigits: boolean, today: Day): Day {
  const adult = addYears(owner.birth, 18) + 30;
  const drawn = fourDigits
    ? FIVE_DIGITS_FROM - stream.between(1, 2700)
    : Math.max(FIVE_DIGITS_FROM, today - Math.floor(6000 * stream.unit() * stream.unit()) - 1);
  return Math.min(today - 1, Math.max(drawn, adult));
}

function fuelOf(displacement: number, model: string): VehicleRecord['fuel'] {
  if (displacement === 0) return 'ELECTRIC';
  return model === 'Fortuner' || model === 'Ranger' || model === 'Everest' ? 'DIESEL' : 'PETROL';
}

function inspectionOf(
  stream: Stream,
  province: Province,
  registered: Day,
  today: Day,
): VehicleRecord['inspection'] {
  const months = today - registered < 900 ? 36 : today - registered < 2500 ? 24 : 12;
  const days = Math.floor(months * 30.4);
  const expired =
    stream.chance(VEHICLE_DEFECTS.inspectionExpired / OLD_ENOUGH) && today - registered > days + 30;
  const date = expired
    ? Math.max(registered, today - days - stream.between(5, 300))
    : Math.max(registered, today - stream.below(days - 10));
  return {
    certificateNo: `KD${serial(stream.next(), 8)}`,
    centre: `Trung tâm Đăng kiểm xe cơ giới ${province.plateCodes[0]}-${String(stream.between(1, 9)).padStart(2, '0')}D`,
    date: iso(date),
    validTo: iso(date + days),
    result: 'PASSED',
  };
}

function insuranceOf(stream: Stream, car: boolean, today: Day): VehicleRecord['mandatoryInsurance'] {
  if (!stream.chance(car ? 0.95 : 0.6)) return null;
  const validTo = stream.chance(0.9) ? today + stream.between(1, 365) : today - stream.between(1, 200);
  return {
    insurer: stream.of(catalogue.insurers),
    number: `TNDS${serial(stream.next(), 9)}`,
    validTo: iso(validTo),
  };
}

function vehicle(world: World, home: Household, owner: Resident, { place, car }: Slot): VehicleRecord {
  const { seed, today } = world;
  const number = home.index * PLACES + place;
  const stream = new Stream(seed, ENTITY.vehicle, number + 0x4000_0000);
  const mayBeOld = mayHaveFourDigits(home.index, place, car) && addYears(owner.birth, 18) < dayAt(2009, 1, 1);
  const fourDigits = stream.chance(car ? FOUR_DIGITS.car : FOUR_DIGITS.motorbike) && mayBeOld;
  const registered = registeredOn(stream, owner, fourDigits, today);
  const province = stream.chance(0.9) ? home.province : PROVINCE_DRAW.draw(stream);
  const provinceCode = stream.of(province.plateCodes);
  const text = plate(seed, { provinceCode, household: home.index, place, car, fourDigits });
  const { brand, wmi, models } = (car ? carMakes : motorbikeMakes).draw(stream);
  const [model, figures] = stream.of(models);
  const displacement = typeof figures === 'number' ? figures : (figures[0] as number);
  const transport = car && stream.chance(0.06);
  const old = registered < OLD_ROWS_UNTIL && stream.chance(VEHICLE_DEFECTS.oldNumberOnly);
  const year = yearOf(registered) - stream.below(2);
  const colours = car ? catalogue.carColours : catalogue.motorbikeColours;
  return {
    ref: opaque(seed, 'vehicle', number),
    holder: rowHolder(stream, owner, old),
    plate: text,
    plateRecord: {
      plate: text,
      kind: registered < IDENTITY_FROM ? 'LEGACY' : car && stream.chance(0.04) ? 'AUCTION' : 'IDENTITY',
      colour: transport ? 'YELLOW' : 'WHITE',
      provinceCode,
      attachedFrom: iso(registered),
      attachedTo: null,
    },
    registrationNumber: `${provinceCode}${serial(stream.next(), 6)}`,
    issueDate: iso(registered),
    place: `Phòng Cảnh sát giao thông, Công an ${province.fullName}`,
    type: car
      ? brand === 'Ford' && model === 'Ranger'
        ? 'TRUCK'
        : 'CAR'
      : displacement === 49
        ? 'MOPED'
        : 'MOTORCYCLE',
    brand,
    model,
    colour: stream.of(colours),
    year,
    seats: typeof figures === 'number' ? 2 : (figures[1] as number),
    fuel: fuelOf(displacement, model),
    chassisNumber: `${wmi}SYN${car ? 'C' : 'M'}${'ABCDEFGHJKLMNPRSTVWXY'[year % 21]}A${vehicleSerial(seed, number, 0)}`,
    engineNumber: `${wmi}${car ? 'C' : 'M'}E-${vehicleSerial(seed, number, 1)}`,
    ownerKind: transport ? 'TRANSPORT' : 'PERSON',
    inspection: car ? inspectionOf(stream, province, registered, today) : null,
    mandatoryInsurance: insuranceOf(stream, car, today),
    verifiedAt: officeInstant(registered, stream.next()),
    assurance: old ? 'DOCUMENT' : 'MATCHED',
  };
}

function retained(world: World, home: Household, owner: Resident, { place, car }: Slot): RetainedPlateRecord {
  const { seed, today } = world;
  const stream = new Stream(seed, ENTITY.vehicle, home.index * PLACES + place + 0x4000_0000);
  const from = Math.max(IDENTITY_FROM, today - stream.between(10, 1150));
  const provinceCode = stream.of(home.province.plateCodes);
  return {
    holder: rowHolder(stream, owner, false),
    plate: plate(seed, { provinceCode, household: home.index, place, car, fourDigits: false }),
    kind: 'IDENTITY',
    colour: 'WHITE',
    provinceCode,
    retainedFrom: iso(from),
    retainedUntil: iso(addYears(from, 5)),
    verifiedAt: officeInstant(from, stream.next()),
    assurance: 'MATCHED',
  };
}

/** What one member of the household has registered. */
export function garage(world: World, home: Household, person: Resident): Garage {
  if (person.age < 18) return { vehicles: [], retainedPlates: [] };
  const { slots, kept } = slotsOf(world, home);
  const mine = ({ owner }: Slot): boolean => owner === person.place;
  return {
    vehicles: slots.filter(mine).map((slot) => vehicle(world, home, person, slot)),
    retainedPlates: kept.filter(mine).map((slot) => retained(world, home, person, slot)),
  };
}
