import type { Persona } from '@dinhdanh/people';
import { publicSchema, readSupergraph } from '@dinhdanh/schema';
import fc from 'fast-check';
import { getNamedType, isInterfaceType, isObjectType, isUnionType } from 'graphql';
import type { GraphQLField, GraphQLInterfaceType, GraphQLNamedType, GraphQLObjectType } from 'graphql';
import { beforeAll, expect, inject, it } from 'vitest';
import { ask, readDemo, signIn } from '../harness/client.ts';
import { cast } from '../harness/told-people.ts';
import { ARGUMENTS } from './select-everything.ts';

const { url, dataFolder } = inject('system');
const demo = readDemo(dataFolder);
const schema = publicSchema(readSupergraph());
const askers = ['level2', 'guardian', 'foreigner', 'oldRecords', 'mismatch', 'level1', 'locked'] as const;
const REFUSALS = ['NOT_PERMITTED', 'LEVEL_REQUIRED', 'ACCOUNT_LOCKED', 'NOT_FOUND'];
const tokens = new Map<string, string>();

beforeAll(async () => {
  for (const key of askers) tokens.set(key, await signIn(url, demo.citizens[key] ?? expect.unreachable(key)));
});

/** Every identifier of a person that no other shares: numbers of documents, plates, chassis. Names are shared in families. */
function identifiersOf({ account, records }: Persona): string[] {
  const numbers = [
    account.identifiers?.personalNumber,
    records.socialInsurance?.number,
    records.healthInsurance?.code15,
  ];
  const documents = [
    ...(records.immigration?.passports ?? []).map(({ number }) => number),
    ...records.drivingLicences.map(({ number }) => number),
    ...records.vehicles.flatMap(({ plate, chassisNumber }) => [plate, chassisNumber]),
  ];
  return [...numbers, ...documents].filter((value) => value !== undefined);
}

/** A selection of random fields below a type, four levels deep at most, under random aliases. */
function selectionOf(type: GraphQLNamedType, depth: number): fc.Arbitrary<string> {
  if (isUnionType(type)) {
    return fc
      .subarray([...type.getTypes()], { minLength: 1, maxLength: 3 })
      .chain((members) => fc.tuple(...members.map((member) => conditioned(member, depth))))
      .map((parts) => parts.join(' '));
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return fc.constant('');
  const fields = Object.values(type.getFields()).filter((field) => depth > 0 || isLeaf(field));
  if (fields.length === 0) return fc.constant('__typename');
  const own = fc
    .subarray(fields, { minLength: 1, maxLength: Math.min(5, fields.length) })
    .chain((chosen) => fc.tuple(...chosen.map((field) => fieldOf(field, depth))))
    .map((parts) => parts.join(' '));
  if (!isInterfaceType(type)) return own;
  const kinds = schema.getPossibleTypes(type);
  return fc
    .tuple(
      own,
      fc.constantFrom(...kinds).chain((kind) => conditioned(kind, depth)),
    )
    .map((parts) => parts.join(' '));
}

function conditioned(type: GraphQLObjectType | GraphQLInterfaceType, depth: number): fc.Arbitrary<string> {
  return selectionOf(type, depth).map((selection) => `... on ${type.name} { ${selection} }`);
}

function fieldOf(field: GraphQLField<unknown, unknown>, depth: number): fc.Arbitrary<string> {
  const call = `${field.name}${ARGUMENTS[field.name] ?? ''}`;
  const type = getNamedType(field.type);
  const below = isLeaf(field)
    ? fc.constant('')
    : selectionOf(type, depth - 1).map((selection) => ` { ${selection} }`);
  // Aliases are drawn from names that mean something inside; each stands once, so that no two fields conflict.
  return fc
    .tuple(fc.constantFrom('', 'subject_', 'ref_', 'holder_', 'representations_'), fc.nat(1e9), below)
    .map(([alias, unique, selection]) => `${unique === 0 ? '' : `${alias}x${unique}: `}${call}${selection}`);
}

function isLeaf(field: GraphQLField<unknown, unknown>): boolean {
  const type = getNamedType(field.type);
  return !isObjectType(type) && !isInterfaceType(type) && !isUnionType(type);
}

const person = selectionOf(schema.getType('Person') ?? expect.unreachable(), 3);
const account = selectionOf(schema.getType('Account') ?? expect.unreachable(), 4);
const operation = fc.oneof(
  person.map((selection) => `{ person { ${selection} } }`),
  account.map((selection) => `{ me { ${selection} } }`),
  fc.tuple(person, account).map(([one, other]) => `{ person { ${one} } me { ${other} } }`),
);

it('no operation whatever brings another person’s record', { timeout: 300_000 }, async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...askers), operation, async (key, query) => {
      const token = tokens.get(key) ?? expect.unreachable();
      const answer = await ask(url, query, { token });
      // Two members of a union may have fields of one name and different kinds: such an operation is no operation.
      const codes = answer.status === 400 ? ['BAD_USER_INPUT', 'QUERY_TOO_COSTLY'] : REFUSALS;
      expect([200, 400]).toContain(answer.status);
      for (const { extensions } of answer.errors) expect(codes).toContain(extensions.code);
      if (answer.status === 200) answered += 1;
      const asker = cast.find((each) => each.key === key) ?? expect.unreachable();
      const wards = new Set(asker.account.dependants.map(({ subject }) => subject));
      const others = cast.filter(
        ({ account: theirs }) => theirs !== asker.account && !wards.has(theirs.subject),
      );
      for (const identifier of others.flatMap(identifiersOf)) expect(answer.text).not.toContain(identifier);
    }),
    { numRuns: 150 },
  );
  expect(answered).toBeGreaterThan(100);
});
