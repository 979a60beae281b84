import { claimsOf, publicSchema, readSupergraph } from '@dinhdanh/schema';
import { getNamedType, isInterfaceType, isObjectType, isUnionType } from 'graphql';
import type { GraphQLField, GraphQLNamedType, GraphQLObjectType } from 'graphql';

const schema = publicSchema(readSupergraph());
const claims = claimsOf(schema);

/** What the derived fields are asked: the name is that of one of the cast, as a form without marks would have it. */
export const ASKED = {
  fullName: 'Nguyễn Thị Thanh Hà',
  name: ' NGUYEN thi  thanh hà',
  province: '79',
  class: 'A1',
  scheme: 'PRE_2025',
} as const;

/** Arguments that fields cannot do without. */
export const ARGUMENTS: Readonly<Record<string, string>> = {
  ageOver: '(years: 18)',
  nameMatches: `(name: "${ASKED.name}")`,
  residentOf: `(province: "${ASKED.province}")`,
  holdsLicence: `(class: ${ASKED.class}, scheme: ${ASKED.scheme})`,
};

/**
 * Every field of `Person` that a person of a type may read, each as a selection with all leaves below it: made of the
 * schema, so that a field added later is compared from its first day.
 */
export function everyFieldOf(typeName: 'Citizen' | 'ForeignResident'): ReadonlyMap<string, string> {
  const type = schema.getType(typeName) as GraphQLObjectType;
  const fields = Object.values(type.getFields()).filter((field) => isReadable(typeName, field));
  return new Map(fields.map((field) => [field.name, `... on ${typeName} { ${select(field)} }`]));
}

function select(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  const call = `${field.name}${ARGUMENTS[field.name] ?? ''}`;
  return isObjectType(type) || isInterfaceType(type) ? `${call} { ${selectAll(type)} }` : call;
}

function selectAll(type: GraphQLNamedType): string {
  if (!isObjectType(type) && !isInterfaceType(type)) return '';
  return Object.values(type.getFields())
    .filter((field) => isReadable(type.name, field))
    .map(select)
    .join(' ');
}

/** Leaves that no caller may read yet are asked for by tests of their own. */
function isReadable(typeName: string, field: GraphQLField<unknown, unknown>): boolean {
  const named = getNamedType(field.type);
  if (isObjectType(named) || isInterfaceType(named) || isUnionType(named)) return true;
  const access = claims.get(`${typeName}.${field.name}`);
  return access !== undefined && (!('id' in access) || access.self !== 'NEVER');
}
