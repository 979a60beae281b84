import { beforeAll, describe, expect, it } from 'vitest';
import communeRows from './data/communes.json' with { type: 'json' };
import objectRows from './data/health-objects.json' with { type: 'json' };
import classRows from './data/licence-classes.json' with { type: 'json' };
import provinceRows from './data/provinces.json' with { type: 'json' };
import { people } from './recipe.ts';
import type { Address, SyntheticPerson } from './records.ts';

const TODAY = '2026-11-21';
let sample: SyntheticPerson[] = [];

beforeAll(() => {
  sample = [...people({ count: 12_000 })];
});

describe('population', () => {
  it('every number has prefix 097 to 099 and tells sex and year of birth', () => {
    for (const { population } of sample) {
      if (population === undefined) continue;
      const { personalNumber, sex, dateOfBirth } = population;
      expect(personalNumber).toMatch(/^09[789]\d{9}$/u);
      const digit = Number(personalNumber[3]);
      expect(digit % 2 === 0 ? 'MALE' : 'FEMALE').toBe(sex);
      expect(String(1900 + 100 * Math.floor(digit / 2) + Number(personalNumber.slice(4, 6)))).toBe(
        dateOfBirth.slice(0, 4),
      );
    }
  });

  it('addresses name communes that exist, in the province they stand in', () => {
    const names = new Map(
      Object.entries(communeRows).flatMap(([province, rows]) =>
        rows.map(([code, name]) => [`${province} ${code}`, name] as const),
      ),
    );
    expect(names.size).toBe(3321);
    const check = (address: Address | null): void => {
      if (address === null || address.communeCode === null) return;
      expect(names.get(`${address.provinceCode} ${address.communeCode}`)).toBe(address.communeName);
      expect(address.text.endsWith(`${address.communeName}, ${address.provinceName}`)).toBe(true);
    };
    for (const { population } of sample) {
      check(population?.permanentResidence ?? null);
      check(population?.temporaryResidence ?? null);
      check(population?.currentResidence ?? null);
      expect(population?.permanentResidence?.tier ?? 'TWO').toBe('TWO');
    }
  });

  it('cards run to the next of 14, 25, 40 or 60, and never end after', () => {
    for (const { population } of sample) {
      const card = population?.identityCard;
      if (!card || card.documentType === 'CMND' || population === undefined) continue;
      const year = Number(population.dateOfBirth.slice(0, 4));
      const age = card.expiryDate === null ? null : Number(card.expiryDate.slice(0, 4)) - year;
      expect([14, 25, 40, 60, null]).toContain(age);
      if (card.expiryDate === null)
        expect(Number(card.issueDate.slice(0, 4)) - year).toBeGreaterThanOrEqual(57);
      expect(card.issueDate <= TODAY).toBe(true);
      expect(card.documentType).toBe(card.issueDate >= '2024-07-01' ? 'CAN_CUOC' : 'CCCD_CHIP');
      if (card.expiryDate !== null && card.expiryDate < TODAY) expect(card.cardStatus).toBe('EXPIRED');
    }
  });
});

describe('immigration', () => {
  it('citizens have a letter and seven digits; every card of a foreigner ends before the passport', () => {
    for (const { immigration, kind } of [...sample, ...people({ count: 200_000, from: 200_000 })]) {
      if (immigration === undefined) continue;
      for (const { number, issueDate, expiryDate } of immigration.passports) {
        expect(number).toMatch(kind === 'CITIZEN' ? /^[A-Z]\d{7}$/u : /^[A-Z0-9]{5,12}$/u);
        expect(issueDate < expiryDate).toBe(true);
      }
      const card = immigration.residenceCard;
      expect(card === null).toBe(kind === 'CITIZEN');
      if (card?.kind === 'TEMPORARY')
        expect(card.expiryDate < (immigration.passports[0]?.expiryDate ?? '')).toBe(true);
      if (card?.symbol?.startsWith('LĐ') === true) expect(immigration.dateOfBirth <= '2008-11-21').toBe(true);
      if (kind === 'FOREIGN_RESIDENT') expect(immigration.personalNumber).toMatch(/^09[789]9\d{8}$/u);
    }
  });
});

describe('driving licences', () => {
  const known = new Map(classRows.map((row) => [`${row.scheme} ${row.class}`, row]));

  it('each class belongs to the law of its day, its holder is old enough and its end follows its years', () => {
    for (const { drivingLicences, population } of sample)
      for (const { number, classes } of drivingLicences) {
        expect(number).toMatch(/^\d{12}$/u);
        for (const entry of classes) {
          const row = known.get(`${entry.scheme} ${entry.class}`);
          expect(row, `${entry.scheme} ${entry.class}`).toBeDefined();
          expect(entry.scheme).toBe(entry.issueDate >= '2025-01-01' ? 'LAW_2024' : 'PRE_2025');
          const years = Number(entry.passDate.slice(0, 4)) - Number(population?.dateOfBirth.slice(0, 4));
          expect(years).toBeGreaterThanOrEqual(18);
          expect(entry.issueDate <= TODAY).toBe(true);
          const end =
            entry.expiryDate === null
              ? null
              : Number(entry.expiryDate.slice(0, 4)) - Number(entry.issueDate.slice(0, 4));
          expect(end).toBe(row?.validityYears);
        }
      }
  });

  it('points and deductions add up to twelve, and nobody drives with none', () => {
    for (const { drivingLicences } of people({ count: 100_000, to: 30_000 }))
      for (const { points, deductions, heldOrSuspended, status } of drivingLicences) {
        for (const { group, value } of points) {
          const lost = deductions
            .filter((entry) => entry.group === group)
            .reduce((sum, entry) => sum + entry.points, 0);
          expect(value + lost).toBe(12);
          if (value === 0) expect(heldOrSuspended?.kind).toBe('ZERO_POINTS');
        }
        if (heldOrSuspended !== null) expect(status).toBe('NOT_VALID');
      }
  });
});

describe('vehicles', () => {
  const codes = new Set(provinceRows.flatMap(({ plateCodes }) => plateCodes));

  it('plates are of a province and of the pattern of their kind; chassis numbers of ISO 3779', () => {
    for (const { vehicles, retainedPlates } of sample) {
      for (const vehicle of vehicles) {
        const car = vehicle.inspection !== null;
        expect(codes.has(vehicle.plate.slice(0, 2))).toBe(true);
        expect(vehicle.plate).toMatch(
          car ? /^\d{2}[A-Z]-(?:\d{3}\.\d{2}|\d{4})$/u : /^\d{2}[A-Z]\d-(?:\d{3}\.\d{2}|\d{4})$/u,
        );
        expect(vehicle.chassisNumber).toMatch(/^[A-HJ-NPR-Z0-9]{17}$/u);
        expect(vehicle.engineNumber).toMatch(/^[A-Z0-9 \-*/]{4,25}$/u);
        expect(vehicle.plateRecord.kind === 'LEGACY').toBe(vehicle.issueDate < '2023-08-15');
        expect(vehicle.issueDate < TODAY).toBe(true);
      }
      for (const { plate, retainedFrom, retainedUntil } of retainedPlates) {
        expect(plate).toMatch(/^\d{2}[A-Z]\d-\d{3}\.\d{2}$/u);
        expect(Number(retainedUntil.slice(0, 4)) - Number(retainedFrom.slice(0, 4))).toBe(5);
      }
    }
  });
});

describe('insurance', () => {
  const objects = new Map(objectRows.map((row) => [row.code, row]));

  it('the card code is group, benefit, province and number, with the benefit of the group', () => {
    for (const { healthInsurance, population } of sample) {
      if (healthInsurance === undefined) continue;
      const { code15, object, benefitLevel, ratePercent, number } = healthInsurance;
      expect(code15).toMatch(/^[A-Z]{2}[1-5]\d{12}$/u);
      expect(code15).toBe(`${object}${benefitLevel}${population?.permanentResidence?.provinceCode}${number}`);
      expect(objects.get(object)).toMatchObject({ benefitLevel, ratePercent });
      expect(healthInsurance.registeredFacility.code).toMatch(/^\d{5}$/u);
      if (object === 'TE') expect(Number(population?.dateOfBirth.slice(0, 4))).toBeGreaterThanOrEqual(2020);
    }
  });

  it('months of contribution add up', () => {
    const month = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5));
    for (const { socialInsurance } of sample) {
      if (socialInsurance === undefined) continue;
      const sum = socialInsurance.contributionPeriods.reduce(
        (total, { from, to }) => total + month(to ?? '2026-10') - month(from) + 1,
        0,
      );
      expect(socialInsurance.totalMonths).toBe(sum);
      expect(sum).toBeGreaterThan(0);
      expect(socialInsurance.number).toMatch(/^9[789]\d{8}$/u);
    }
  });
});

it('all text is NFC, and every instant a UTC instant', () => {
  for (const person of sample.slice(0, 3000)) {
    const text = JSON.stringify(person);
    expect(text).toBe(text.normalize('NFC'));
    expect(text).not.toMatch(/NaN|undefined|Invalid/u);
    for (const [, instant] of text.matchAll(/"(?:\w+At)":"([^"]+T[^"]*)"/gu))
      expect(instant).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/u);
  }
});
