import { beforeAll, describe, expect, it } from 'vitest';
import { people } from './recipe.ts';
import type { SyntheticPerson } from './records.ts';

// The figures a million people are held to, tested at a tenth of it. Sources and the two places where the sources
// contradict each other are told in README.md.

const COUNT = 100_000;
const TODAY = '2026-11-21';
const tally = new Map<string, number>();

function add(what: string, yes: boolean | number = true): void {
  tally.set(what, (tally.get(what) ?? 0) + Number(yes));
}

function share(what: string, of?: string): number {
  const whole = of === undefined ? COUNT : (tally.get(of) ?? 0);
  return (tally.get(what) ?? 0) / whole;
}

function countCitizen(person: SyntheticPerson): void {
  const { population, account, immigration } = person;
  if (population === undefined) return add('foreigners');
  const { identityCard: card, dateOfBirth, permanentResidence: home, fullName } = population;
  const adult = dateOfBirth.slice(0, 4) <= '2008';
  const fourteen = dateOfBirth <= '2012-11-21';
  add('male', population.sex === 'MALE');
  add('under 15', dateOfBirth > '2011-11-21');
  add('65 and more', dateOfBirth <= '1961-11-21');
  add('urban', home?.communeName?.startsWith('Phường') === true);
  add('Ho Chi Minh City', home?.provinceCode === '79');
  add('Hanoi', home?.provinceCode === '01');
  add('Nguyễn', fullName.startsWith('Nguyễn '));
  add(`${fullName.split(' ').length} words`);
  add('Kinh', population.ethnicity === 'Kinh');
  add('households', population.relationToHead === 'HEAD');
  const chip = card?.documentType === 'CCCD_CHIP' || card?.documentType === 'CAN_CUOC';
  add('chip cards', chip);
  add('chip cards in force', chip && card.cardStatus === 'VALID');
  add('chip cards run out', chip && card.cardStatus === 'EXPIRED');
  add(
    'chip cards lost or withdrawn',
    chip && (card.cardStatus === 'LOST' || card.cardStatus === 'WITHDRAWN'),
  );
  add('from 14', fourteen);
  add('chip cards from 14', chip && fourteen);
  add('adults', adult);
  add('level 2 active', account?.level === 2 && account.status === 'ACTIVE');
  add('level 2 from 14', fourteen && account?.level === 2 && account.status === 'ACTIVE');
  add('no account from 14', fourteen && account === undefined);
  add('locked', account?.status === 'LOCKED');
  add('born before 2000', dateOfBirth < '2000');
  add('with old number', population.oldIdNumber !== null);
  add('year only', dateOfBirth.length === 4);
  add('corrected', population.previousNumbers.length > 0);
  add('dead', population.status === 'DECEASED');
  add('legacy address', home?.legacyText !== null);
  add('with phone in both', account?.status === 'ACTIVE' && population.phone !== null);
  add('stale phone', account?.status === 'ACTIVE' && population.phone?.startsWith('+8457') === true);
  if (immigration !== undefined) countName('passport', immigration.fullName, fullName);
}

function countName(where: string, stored: string, real: string): void {
  add(`${where} names`);
  if (stored === real) return;
  const words = (text: string): string => text.split(/\s+/u).toSorted().join(' ');
  if (stored === stored.toUpperCase()) add(`${where} capitals`);
  else if (words(stored) === words(real)) add(`${where} order or spacing`);
  else if (!/\p{M}/u.test(stored.normalize('NFD'))) add(`${where} without marks`);
  else add(`${where} tone placement`);
}

function countTraffic({ drivingLicences, vehicles, retainedPlates, population }: SyntheticPerson): void {
  const letters = drivingLicences.flatMap(({ classes }) => classes);
  add(
    'riders',
    letters.some((entry) => entry.class.startsWith('A')),
  );
  add(
    'drivers',
    letters.some((entry) => !entry.class.startsWith('A')),
  );
  for (const { scheme, expiryDate } of letters) {
    add('classes');
    add('classes before 2025', scheme === 'PRE_2025');
    add('classes with an end', expiryDate !== null);
    add('classes run out', expiryDate !== null && expiryDate < TODAY);
  }
  for (const licence of drivingLicences) {
    const least = Math.min(...licence.points.map(({ value }) => value));
    add('licences');
    add('12 points', least === 12);
    add('8 to 11 points', least >= 8 && least < 12);
    add('no points', least === 0);
    add('suspended', licence.heldOrSuspended !== null && licence.heldOrSuspended.kind !== 'ZERO_POINTS');
    add('licences by old number', licence.holder.personalNumber === null);
    countName('licence', licence.holder.fullName, population?.fullName ?? '');
  }
  for (const vehicle of vehicles) {
    const car = vehicle.type === 'CAR' || vehicle.type === 'TRUCK';
    add('vehicles');
    add(car ? 'cars' : 'motorcycles');
    add('four digits', /-\d{4}$/u.test(vehicle.plate));
    add('vehicles by old number', vehicle.holder.personalNumber === null);
    add('inspection run out', vehicle.inspection !== null && vehicle.inspection.validTo < TODAY);
    countName('vehicle', vehicle.holder.fullName, population?.fullName ?? '');
  }
  add('kept plates', retainedPlates.length);
}

function countInsurance({ socialInsurance, healthInsurance }: SyntheticPerson): void {
  add('contributing', socialInsurance?.status === 'CONTRIBUTING');
  if (healthInsurance === undefined) return;
  const { validTo, fiveYearContinuousFrom, object } = healthInsurance;
  add('insured', validTo === null || validTo >= TODAY);
  add('insured older', object !== 'TE');
  add('five years', fiveYearContinuousFrom !== null);
}

beforeAll(() => {
  for (const person of people({ count: COUNT })) {
    countCitizen(person);
    countTraffic(person);
    countInsurance(person);
  }
}, 300_000);

const within = (value: number, target: number, relative = 0.03): void => {
  expect(value).toBeGreaterThan(target * (1 - relative));
  expect(value).toBeLessThan(target * (1 + relative));
};

describe('targets, within 3 % of their value', () => {
  it.each([
    ['households', 0.278],
    ['male', 0.498],
    ['under 15', 0.226],
    ['65 and more', 0.094],
    ['urban', 0.381],
    ['Kinh', 0.853],
    ['Ho Chi Minh City', 0.123],
    ['Hanoi', 0.078],
    ['level 2 active', 0.613],
    ['chip cards in force', 0.75],
    ['insured', 0.952],
    ['contributing', 0.182],
    ['motorcycles', 0.6],
  ])('%s: %f of the people', (what, target) => {
    within(share(what), target);
  });

  it.each([
    ['Nguyễn', 0.31, 0.385],
    ['cars', 0.037, 0.065],
    ['foreigners', 0.0009, 0.0011],
  ])('%s between %f and %f', (what, least, most) => {
    expect(share(what)).toBeGreaterThanOrEqual(least);
    expect(share(what)).toBeLessThanOrEqual(most);
  });
});

describe('shares of the recipe', () => {
  it.each([
    ['3 words', undefined, 0.827, 0.03],
    ['4 words', undefined, 0.159, 0.05],
    ['chip cards from 14', 'from 14', 0.96, 0.01],
    ['chip cards run out', 'chip cards', 0.04, 0.15],
    ['chip cards lost or withdrawn', 'chip cards', 0.005, 0.25],
    ['level 2 from 14', 'from 14', 0.76, 0.03],
    ['no account from 14', 'from 14', 0.13, 0.05],
    ['with old number', 'born before 2000', 0.7, 0.03],
    ['riders', 'adults', 0.68, 0.03],
    ['drivers', 'adults', 0.201, 0.05],
    ['classes before 2025', 'classes', 0.85, 0.03],
    ['classes run out', 'classes with an end', 0.03, 0.2],
    ['12 points', 'licences', 0.94, 0.01],
    ['8 to 11 points', 'licences', 0.05, 0.1],
    ['no points', 'licences', 0.001, 0.4],
    ['suspended', 'licences', 0.004, 0.25],
    ['four digits', 'vehicles', 0.12, 0.1],
    ['inspection run out', 'cars', 0.05, 0.25],
    ['kept plates', 'vehicles', 0.03, 0.1],
    ['five years', 'insured older', 0.6, 0.03],
  ] as const)('%s of %s: %f', (what, of, target, relative) => {
    within(share(what, of), target, relative);
  });
});

describe('defects occur as often as they should', () => {
  it.each([
    ['year only', undefined, 0.003, 0.15],
    ['corrected', undefined, 0.0005, 0.35],
    ['dead', undefined, 0.001, 0.25],
    ['legacy address', undefined, 0.6, 0.03],
    ['stale phone', 'with phone in both', 0.05, 0.05],
    ['locked', 'from 14', 0.003, 0.4],
    ['vehicle tone placement', 'vehicle names', 0.01, 0.3],
    ['vehicle without marks', 'vehicle names', 0.007, 0.2],
    ['vehicle order or spacing', 'vehicle names', 0.003, 0.35],
    ['passport without marks', 'passport names', 0.007, 0.3],
    ['licence capitals', 'licence names', 0.2, 0.03],
  ] as const)('%s of %s: %f', (what, of, target, relative) => {
    within(share(what, of), target, relative);
  });

  it('some old rows of licences and vehicles know the 9-digit number alone', () => {
    expect(share('licences by old number', 'licences')).toBeGreaterThan(0.05);
    expect(share('vehicles by old number', 'vehicles')).toBeGreaterThan(0.02);
  });
});
