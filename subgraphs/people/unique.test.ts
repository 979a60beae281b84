import { beforeAll, expect, it } from 'vitest';
import { dayOf } from './calendar.ts';
import { castPeople } from './cast.ts';
import { household, householdIndexOf } from './household.ts';
import { seedOf } from './prng.ts';
import { DEFAULT_SEED, people } from './recipe.ts';
import { SEED_TODAY } from './seed-day.ts';
import type { SyntheticPerson } from './records.ts';

const COUNT = 200_000;
const seen = new Map<string, Set<string>>();
const doubles: string[] = [];

function once(kind: string, value: string | null | undefined): void {
  if (value === null || value === undefined) return;
  const values = seen.get(kind) ?? new Set<string>();
  seen.set(kind, values);
  if (values.has(value)) doubles.push(`${kind} ${value}`);
  values.add(value);
}

function numbersOf(person: SyntheticPerson): void {
  const { immigration, vehicles, retainedPlates, drivingLicences } = person;
  for (const passport of immigration?.passports ?? []) once('passport', passport.number);
  once('residence card', immigration?.residenceCard?.number);
  for (const licence of drivingLicences) {
    once('licence', licence.number);
    once('ref', licence.ref);
  }
  for (const vehicle of vehicles) {
    once('plate', vehicle.plate);
    once('chassis', vehicle.chassisNumber);
    once('engine', vehicle.engineNumber);
    once('ref', vehicle.ref);
  }
  for (const kept of retainedPlates) once('plate', kept.plate);
  once('health insurance', person.healthInsurance?.number);
}

function residentNumbers(): void {
  const world = { seed: seedOf(DEFAULT_SEED), today: dayOf(SEED_TODAY) };
  const last = householdIndexOf(world.seed, COUNT);
  for (let index = 0; index <= last; index += 1)
    for (const { personalNumber, cancelledNumber, oldIdNumber } of household(world, index).members) {
      once('personal number', personalNumber);
      once('personal number', cancelledNumber);
      once('old number', oldIdNumber);
    }
}

beforeAll(() => {
  for (const { account } of castPeople) {
    once('personal number', account?.username);
    for (const number of account?.identifiers?.cancelledNumbers ?? []) once('personal number', number);
    once('old number', account?.identifiers?.oldIdNumber);
  }
  residentNumbers();
  for (const person of [...castPeople, ...people({ count: COUNT, from: COUNT })]) {
    numbersOf(person);
    if (person.kind === 'FOREIGN_RESIDENT' && person.index > 0)
      once('personal number', person.immigration?.personalNumber);
  }
  for (const person of people({ count: COUNT, to: COUNT })) numbersOf(person);
}, 300_000);

it('no number, plate or key stands twice, the cast included', () => {
  expect(doubles).toEqual([]);
  expect(seen.get('health insurance')?.size).toBeGreaterThan(COUNT * 0.9);
  expect(seen.get('personal number')?.size).toBeGreaterThan(COUNT);
  expect(seen.get('plate')?.size).toBeGreaterThan(COUNT / 2);
});

it('opaque keys of a person’s account, card and insurances are all different', () => {
  const keys: string[] = [];
  for (const { account, population, socialInsurance, healthInsurance, immigration } of people({
    count: 20_000,
  })) {
    keys.push(
      ...[account?.subject, population?.identityCard?.ref, socialInsurance?.ref, healthInsurance?.ref].filter(
        (key) => key !== undefined,
      ),
      ...(immigration?.passports.map(({ ref }) => ref) ?? []),
    );
  }
  expect(new Set(keys).size).toBe(keys.length);
});

it('phones of adults are their own, and nobody’s real one', () => {
  const phones: string[] = [];
  for (const { population } of people({ count: 50_000 }))
    if (population?.phone) phones.push(population.phone);
  expect(new Set(phones).size).toBe(phones.length);
  expect(phones.every((phone) => /^\+845[1347]\d{7}$/u.test(phone))).toBe(true);
});
