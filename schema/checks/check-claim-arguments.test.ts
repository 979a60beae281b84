import { describe, expect, it } from 'vitest';
import { checkClaimArguments } from './check-claim-arguments.ts';
import { broken, lawful, lawfulIds } from './lawful.fixture.ts';

const plate = '@claim(id: "vehicle", share: "ALLOWED", class: "BASIC", law: "1/2024")';

function problems(by: string): string[] {
  return checkClaimArguments(broken('vehicles', plate, by), lawfulIds);
}

describe('the arguments of @claim mean one thing', () => {
  it('accepts a lawful schema', () => {
    expect(checkClaimArguments(lawful(), lawfulIds)).toEqual([]);
  });

  it.each([
    [
      '@claim(id: "vehicle", self: "LEVEL_3", share: "ALLOWED", class: "BASIC")',
      '@claim at Vehicle.plate in vehicles says self: "LEVEL_3", which is none of LEVEL_1, LEVEL_2, NEVER.',
    ],
    [
      '@claim(id: "vehicle", share: "ALLOWED", class: "basic")',
      '@claim at Vehicle.plate in vehicles says class: "basic", which is none of BASIC, SENSITIVE.',
    ],
    [
      '@claim(id: "plates", share: "ALLOWED", class: "BASIC")',
      '@claim at Vehicle.plate in vehicles names "plates", which the claims catalogue does not explain.',
    ],
    [
      '@claim(id: "vehicle", class: "BASIC")',
      '@claim at Vehicle.plate in vehicles lacks a string for "share".',
    ],
    [
      '@claim(id: "vehicle", share: ALLOWED, class: "BASIC")',
      '@claim at Vehicle.plate in vehicles lacks a string for "share".',
    ],
    ['@open(reason: "")', '@open at Vehicle.plate in vehicles lacks a string for "reason".'],
    [
      '@claim(id: "vehicle", share: "AUTHORITY", class: "BASIC")',
      'Vehicle.plate in vehicles is for a lawful authority alone, so its owner must be NEVER.',
    ],
  ])('refuses %s', (by, sentence) => {
    expect(problems(by)).toContain(sentence);
  });

  it('refuses one id with two classes: a consent could not name what is sensitive', () => {
    expect(problems('@claim(id: "vehicle", share: "ALLOWED", class: "SENSITIVE")')).toEqual([
      'Claim "vehicle" is ALLOWED and SENSITIVE at Vehicle.plate in vehicles but ALLOWED and BASIC at Vehicle in vehicles: an id means one thing.',
    ]);
  });
});
