import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { namesIn, readSubgraph, type SubgraphField, type SubgraphType } from './read-subgraph.ts';
import { type Computed, fieldsFor, isItem, type Item, type World } from './world.ts';

/** A thing as one service sees it: its own part of the data, and what the gateway told it. */
interface Seen {
  readonly __typename: string;
  readonly item: Item | null;
  readonly given: Readonly<Record<string, unknown>> | null;
  /** What the field that led here provides although it is another service's. */
  readonly provided: SelectionSetNode | null;
}

/** One service in memory. */
export interface Service {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly types: ReadonlyMap<string, SubgraphType>;
}

/** Whether a type is, or implements, or is a member of another, in the whole supergraph. */
export type IsA = (typeName: string, other: string) => boolean;

/** The schema of one service with the reference resolvers that `@apollo/subgraph` runs. */
export function makeService(name: string, sdl: string, worldOf: () => World, isA: IsA): Service {
  const types = readSubgraph(sdl);
  const resolvers: Record<string, unknown> = {};
  for (const type of types.values()) {
    if (type.keys.length === 0) continue;
    resolvers[type.name] = {
      __resolveReference: (given: Readonly<Record<string, unknown>>) => {
        const item = find(worldOf(), type, given, isA);
        if (!item || item.unknownTo?.includes(name)) return null;
        return {
          __typename: type.isInterfaceObject ? type.name : item.__typename,
          item,
          given,
          provided: null,
        };
      },
    };
  }
  const modules = [{ typeDefs: parse(sdl), resolvers }] as unknown as Parameters<
    typeof buildSubgraphSchema
  >[0];
  return { name, schema: buildSubgraphSchema(modules), types };
}

/** Answers one request as the service would over HTTP. */
export async function ask(
  service: Service,
  world: World,
  overridden: (typeName: string, field: string) => boolean,
  isA: IsA,
  body: string,
): Promise<{ data: unknown; errors?: [] }> {
  const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
  const result = await execute({
    schema: service.schema,
    document: parse(query),
    variableValues: variables,
    fieldResolver: resolverOf(service, world, overridden, isA),
    typeResolver: (value) => (value as Seen).__typename,
  });
  return JSON.parse(JSON.stringify(result)) as { data: unknown; errors?: [] };
}

function find(
  world: World,
  type: SubgraphType,
  given: Readonly<Record<string, unknown>>,
  isA: IsA,
): Item | null {
  for (const key of type.keys) {
    for (const item of world.items) {
      if (isA(item.__typename, type.name) && agrees(key, item, given, isA)) return item;
    }
  }
  return null;
}

/** Whether a thing has the key that was given; a key that was not given in full agrees with nothing. */
function agrees(key: SelectionSetNode, item: unknown, given: unknown, isA: IsA): boolean {
  if (Array.isArray(item) && Array.isArray(given)) {
    return item.length === given.length && item.every((each, at) => agrees(key, each, given[at], isA));
  }
  if (!isItem(item) || typeof given !== 'object' || given === null) return item === given;
  return fieldsFor(key, item.__typename, isA).every(({ name, selectionSet }) => {
    const [own, told] = [item[name.value], Reflect.get(given, name.value) as unknown];
    if (told === undefined) return false;
    return selectionSet ? agrees(selectionSet, own, told, isA) : JSON.stringify(own) === JSON.stringify(told);
  });
}

function resolverOf(
  service: Service,
  world: World,
  overridden: (typeName: string, field: string) => boolean,
  isA: IsA,
): GraphQLFieldResolver<unknown, unknown> {
  return (source, args: Record<string, unknown>, _context, { parentType, fieldName }) => {
    const seen = source as Seen | undefined;
    const type = service.types.get(parentType.name);
    const field = type?.fields.get(fieldName);
    if (overridden(parentType.name, fieldName)) return new Error(`${fieldName} is another service's by now`);
    if (!seen)
      return show(service, valueOf(world.roots[parentType.name]?.[fieldName], args, null), field, null, isA);
    const told = seen.given?.[fieldName];
    // What it was sent it need not repeat: a service may answer no more of an entity than is its own.
    if (field?.isExternal && told !== undefined && isKey(type, fieldName))
      return new Error(`${fieldName} is another service's to tell`);
    if ((field?.isExternal && told !== undefined) || !seen.item) return tell(told);
    const provided =
      seen.provided &&
      fieldsFor(seen.provided, seen.item.__typename, isA).find((each) => each.name.value === fieldName);
    if (field?.isExternal && !provided && !isKey(type, fieldName))
      return new Error(`${fieldName} is another service's`);
    const given = field?.requires ? requiredFrom(field, seen, isA) : null;
    if (given instanceof Error) return given;
    return show(
      service,
      valueOf(seen.item[fieldName], args, given),
      field,
      provided?.selectionSet ?? null,
      isA,
    );
  };
}

function isKey(type: SubgraphType | undefined, field: string): boolean {
  return type?.keys.some((key) => namesIn(key).includes(field)) ?? false;
}

/** What a value is for given arguments. */
export function valueOf(value: unknown, args: Readonly<Record<string, unknown>>, given: unknown): unknown {
  return typeof value === 'function' ? (value as Computed)(args, given) : (value ?? null);
}

function requiredFrom(field: SubgraphField, seen: Seen, isA: IsA): unknown {
  const { requires } = field;
  if (!requires || !seen.given) return new Error(`${field.name} was asked for without what it requires`);
  try {
    return pick(requires, seen.item?.__typename ?? seen.__typename, seen.given, isA);
  } catch (error) {
    return error;
  }
}

function pick(set: SelectionSetNode, typeName: string, given: unknown, isA: IsA): unknown {
  if (Array.isArray(given)) return given.map((each) => pick(set, typeName, each, isA));
  if (typeof given !== 'object' || given === null) return given ?? null;
  const ownName = (Reflect.get(given, '__typename') as string | undefined) ?? typeName;
  const picked: Record<string, unknown> = {};
  for (const { name, selectionSet } of fieldsFor(set, ownName, isA)) {
    const value = Reflect.get(given, name.value) as unknown;
    if (value === undefined) throw new Error(`${name.value} is required and was not sent`);
    picked[name.value] = selectionSet ? pick(selectionSet, '', value, isA) : value;
  }
  return picked;
}

/** Wraps things so that their fields are read through this service's eyes. */
function show(
  service: Service,
  value: unknown,
  field: SubgraphField | undefined,
  provided: SelectionSetNode | null,
  isA: IsA,
): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => show(service, each, field, provided, isA));
  if (!isItem(value)) return value;
  const plain = [...service.types.values()].find(
    (type) => type.isInterfaceObject && isA(value.__typename, type.name),
  );
  const isKnown = service.types.has(value.__typename) || !plain;
  const typeName = isKnown ? value.__typename : plain.name;
  return {
    __typename: typeName,
    item: value,
    given: null,
    provided: field?.provides ?? provided,
  } satisfies Seen;
}

function tell(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => tell(each));
  if (typeof value !== 'object' || value === null) return value;
  const typeName = (Reflect.get(value, '__typename') as string | undefined) ?? '';
  return {
    __typename: typeName,
    item: null,
    given: value as Record<string, unknown>,
    provided: null,
  } satisfies Seen;
}
