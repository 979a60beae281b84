import { expect, it } from 'vitest';
import { household } from './household.ts';
import { dayOf } from './calendar.ts';
import { peopleOfHousehold } from './recipe.ts';
import { seedOf } from './prng.ts';

const world = { seed: seedOf('dinhdanh'), today: dayOf('2026-11-21') };
const YEAR = 365.25;
const HOUSEHOLDS = Array.from({ length: 3000 }, (_, index) => index);

it('every household has one head, who is an adult, and children eighteen years younger than their parents', () => {
  for (const index of HOUSEHOLDS) {
    const { members } = household(world, index);
    expect(members[0]?.role).toBe('H');
    expect(members.filter(({ role }) => role === 'H')).toHaveLength(1);
    expect(members[0]?.age).toBeGreaterThanOrEqual(20);
    const parents = members.filter(({ role }) => role === 'H' || role === 'S');
    for (const child of members.filter(({ role }) => role === 'C'))
      for (const parent of parents) expect((child.birth - parent.birth) / YEAR).toBeGreaterThan(17.99);
    for (const elder of members.filter(({ role }) => role === 'P'))
      expect(((members[0]?.birth ?? 0) - elder.birth) / YEAR).toBeGreaterThan(17.99);
  }
});

it('couples are a man and a woman at most seven years apart', () => {
  for (const index of HOUSEHOLDS) {
    const [head, spouse] = household(world, index).members;
    if (head === undefined || spouse?.role !== 'S') continue;
    expect(spouse.male).toBe(!head.male);
    expect(Math.abs(spouse.birth - head.birth) / YEAR).toBeLessThan(8);
  }
});

it('relations are mutual, by the numbers of the members', () => {
  for (const index of HOUSEHOLDS.slice(0, 600)) {
    const records = peopleOfHousehold(index).map(({ population }) => population);
    const byNumber = new Map(records.map((record) => [record?.personalNumber, record]));
    for (const record of records) {
      if (record === undefined) continue;
      const own = record.personalNumber;
      expect(record.householdHead?.personalNumber).toBe(records[0]?.personalNumber);
      expect(record.householdMembers).toHaveLength(records.length);
      const listed = record.householdMembers.find(({ personalNumber }) => personalNumber === own);
      expect(listed).toMatchObject({ fullName: record.fullName, relationToHead: record.relationToHead });
      expect(record.relationToHead === 'HEAD').toBe(record === records[0]);
      if (record.spouse)
        expect(byNumber.get(record.spouse.personalNumber ?? '')?.spouse?.personalNumber).toBe(own);
      for (const child of record.children) {
        const back = byNumber.get(child.personalNumber ?? '');
        expect([back?.father?.personalNumber, back?.mother?.personalNumber]).toContain(own);
      }
      for (const minor of record.represented)
        expect(byNumber.get(minor.personalNumber ?? '')?.legalRepresentative?.personalNumber).toBe(own);
      expect(record.maritalStatus === 'MARRIED').toBe(record.spouse !== null);
    }
  }
});

it('97 % of children bear the father’s surname', () => {
  let same = 0;
  let all = 0;
  for (const index of HOUSEHOLDS) {
    const { members } = household(world, index);
    const father = members.find(({ role, male }) => male && (role === 'H' || role === 'S'));
    if (father === undefined || members[1]?.role !== 'S' || father.ethnicity !== 'Kinh') continue;
    for (const child of members.filter(({ role }) => role === 'C')) {
      all += 1;
      if (child.fullName.split(' ')[0] === father.fullName.split(' ')[0]) same += 1;
    }
  }
  expect(same / all).toBeGreaterThan(0.965);
  expect(same / all).toBeLessThan(0.99);
});

it('an account that acts for children names accounts of children of the household', () => {
  let found = 0;
  for (const index of HOUSEHOLDS.slice(0, 1500)) {
    const people = peopleOfHousehold(index);
    const accounts = new Map(people.map(({ account, population }) => [account?.subject, population]));
    for (const { account } of people)
      for (const dependant of account?.dependants ?? []) {
        found += 1;
        const child = accounts.get(dependant.subject);
        expect(child?.relationToHead).toBe('CHILD');
        expect(dependant.endsOn?.slice(0, 4)).toBe(String(Number(child?.dateOfBirth.slice(0, 4)) + 18));
      }
  }
  expect(found).toBeGreaterThan(20);
});
