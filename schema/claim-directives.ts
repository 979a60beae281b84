import {
  type ConstDirectiveNode,
  type GraphQLSchema,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  Kind,
} from 'graphql';

/** Least level of the owner's account that may read a field; NEVER where not even the owner may. */
export const selfValues = ['LEVEL_1', 'LEVEL_2', 'NEVER'] as const;

/** How anybody else may get a field: in a consent, in a consent with a tick of its own, by lawful authority, never. */
export const shareValues = ['ALLOWED', 'SEPARATE_TICK', 'AUTHORITY', 'NEVER'] as const;

/** Legal class of personal data (Law 91/2025/QH15, Decree 356/2025/NĐ-CP). */
export const classValues = ['BASIC', 'SENSITIVE'] as const;

/** What `@claim` says of a field or a type. */
export interface Claim {
  readonly kind: 'claim';
  readonly id: string;
  readonly self: (typeof selfValues)[number];
  readonly share: (typeof shareValues)[number];
  readonly class: (typeof classValues)[number];
  readonly law: string | null;
}

/** What `@open` says of a field: why it tells nothing of a person by itself. */
export interface Open {
  readonly kind: 'open';
  readonly reason: string;
}

/** Who may read a coordinate of the schema. */
export type Access = Claim | Open;

/** `self` where `@claim` leaves it out; the same default stands in the directive's definition. */
const defaultSelf = 'LEVEL_2';

/** The string arguments of a directive as written; an argument that is no string is left out. */
export function stringArguments(directive: ConstDirectiveNode): Map<string, string> {
  const values = new Map<string, string>();
  for (const argument of directive.arguments ?? []) {
    if (argument.value.kind === Kind.STRING) values.set(argument.name.value, argument.value.value);
  }
  return values;
}

/** The `@claim` and `@open` among the directives of a field or type, in their order, defaults filled in. */
export function accessDirectives(directives: readonly ConstDirectiveNode[] | undefined): Access[] {
  const found: Access[] = [];
  for (const directive of directives ?? []) {
    const values = stringArguments(directive);
    if (directive.name.value === 'open') found.push({ kind: 'open', reason: values.get('reason') ?? '' });
    if (directive.name.value !== 'claim') continue;
    found.push({
      kind: 'claim',
      id: values.get('id') ?? '',
      // The build refuses other strings than these (checks/check-claim-arguments.ts).
      self: (values.get('self') ?? defaultSelf) as Claim['self'],
      share: (values.get('share') ?? '') as Claim['share'],
      class: (values.get('class') ?? '') as Claim['class'],
      law: values.get('law') ?? null,
    });
  }
  return found;
}

/**
 * Who may read what, by coordinate: `Citizen.fullName` for a leaf, `Person` or `Document` for the `__typename` of
 * a type. Fields that return an object have none of their own: their leaves have. The schema must have been built
 * from SDL, so that its directives are still on it.
 */
export function claimsOf(schema: GraphQLSchema): ReadonlyMap<string, Access> {
  const claims = new Map<string, Access>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    note(claims, type.name, type);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) note(claims, `${type.name}.${field.name}`, field);
  }
  return claims;
}

function note(
  claims: Map<string, Access>,
  coordinate: string,
  element: { readonly astNode?: Annotated | null | undefined },
): void {
  const [access] = accessDirectives(element.astNode?.directives);
  if (access !== undefined) claims.set(coordinate, access);
}

interface Annotated {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}
