import {
  type DocumentNode,
  executeSync,
  getArgumentValues,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { BoundedCache } from './bounded-cache.ts';
import { refuseTooManyRootFields } from './count-selections.ts';
import { EngineRefusal } from './engine-refusal.ts';
import type { EngineStats, Leaf, PreparedOperation } from './engine-types.ts';
import type { EngineLimits } from './limits.ts';
import { normalise, type Normalised } from './normalise.ts';
import { detailsOf, pickOperation, readDocument, withinStack } from './read-document.ts';
import { aliasOf, type IntrospectionSelection, type Selection, type ShapeLeaf } from './shape.ts';

interface ReadDocument {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

interface Template {
  readonly normalised: Normalised;
  readonly labels: readonly string[];
  readonly leaves: readonly Leaf[];
  readonly introspection: DocumentNode | null;
}

/** Reads operations and remembers what does not depend on the values of their variables. */
export class OperationReader {
  readonly #schema: GraphQLSchema;
  readonly #limits: EngineLimits;
  readonly #stats: EngineStats;
  readonly #documents: BoundedCache<ReadDocument>;
  readonly #templates: BoundedCache<Template>;

  constructor(schema: GraphQLSchema, limits: EngineLimits, stats: EngineStats) {
    this.#schema = schema;
    this.#limits = limits;
    this.#stats = stats;
    this.#documents = new BoundedCache(limits.cacheEntries);
    this.#templates = new BoundedCache(limits.cacheEntries);
  }

  /** Throws EngineRefusal for anything a client can do wrong. */
  prepare(
    query: string,
    operationName: string | null | undefined,
    raw: Readonly<Record<string, unknown>>,
  ): PreparedOperation {
    const documentKey = JSON.stringify([operationName ?? '', query]);
    const { document, operation } = this.#read(documentKey, query, operationName);
    const given = coerceVariables(this.#schema, operation, raw);
    const template = this.#template(
      `${documentKey}${foldingKey(operation, given)}`,
      document,
      operation,
      given,
    );
    const { normalised, introspection } = template;
    const variables: Record<string, unknown> = {};
    for (const [client, name] of normalised.renamedVariables) {
      if (Object.hasOwn(given, client)) variables[name] = given[client];
    }
    return {
      kind: normalised.shape.kind,
      leaves: template.leaves.map((leaf) =>
        this.#withArguments(leaf, normalised.shape.leaves[leaf.id], variables),
      ),
      shapeKey: normalised.shape.text,
      introspects: introspection !== null,
      variables,
      internal: {
        normalised,
        labels: template.labels,
        introspect: introspection && (() => this.#introspect(introspection, raw)),
      },
    };
  }

  #read(key: string, query: string, operationName: string | null | undefined): ReadDocument {
    const known = this.#documents.get(key);
    if (known) {
      this.#stats.documentHits += 1;
      return known;
    }
    this.#stats.documents += 1;
    const document = readDocument(this.#schema, query, this.#limits);
    const read = { document, operation: pickOperation(document, operationName) };
    this.#documents.set(key, read);
    return read;
  }

  #template(
    key: string,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): Template {
    const known = this.#templates.get(key);
    if (known) return known;
    const normalised = withinStack(() => normalise(this.#schema, document, operation, variables));
    refuseTooManyRootFields(new Set(rootKeys(normalised.shape.selections)).size, this.#limits);
    const { names, shape } = normalised;
    const template = {
      normalised,
      labels: names.map((name) => `${JSON.stringify(name)}:`),
      leaves: shape.leaves.map((leaf) => leafOf(leaf, names)),
      introspection: introspectionDocument(document, operation, shape.selections),
    };
    this.#templates.set(key, template);
    return template;
  }

  #withArguments(
    leaf: Leaf,
    shapeLeaf: ShapeLeaf | undefined,
    variables: Readonly<Record<string, unknown>>,
  ): Leaf {
    if (!shapeLeaf || shapeLeaf.isTypename) return leaf;
    const type = this.#schema.getType(shapeLeaf.parent);
    const [, field = ''] = leaf.coordinate.split('.');
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field] : undefined;
    if (!definition || definition.args.length === 0) return leaf;
    const node = {
      kind: Kind.FIELD,
      name: { kind: Kind.NAME, value: field },
      arguments: shapeLeaf.arguments,
    } as const;
    try {
      return { ...leaf, args: getArgumentValues(definition, node, variables) };
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      throw new EngineRefusal('BAD_USER_INPUT', 'arguments', detailsOf([error]));
    }
  }

  #introspect(
    document: DocumentNode,
    raw: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>> {
    return executeSync({ schema: this.#schema, document, variableValues: raw }).data ?? {};
  }
}

/** Client variables coerced to the types they were declared with; refuses what does not fit. */
function coerceVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  raw: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { coerced, errors } = withinStack(() =>
    getVariableValues(schema, operation.variableDefinitions ?? [], raw, { maxErrors: 20 }),
  );
  if (errors) throw new EngineRefusal('BAD_USER_INPUT', 'variables', detailsOf(errors));
  return coerced;
}

/** The part of the values that shapes the operation: conditions, and which defaulted variables are filled. */
function foldingKey(
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): string {
  return (operation.variableDefinitions ?? [])
    .map(({ variable, type, defaultValue }) => {
      const value = Object.hasOwn(variables, variable.name.value)
        ? variables[variable.name.value]
        : undefined;
      const named = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
      const isBoolean = named.kind === Kind.NAMED_TYPE && named.name.value === 'Boolean';
      if (isBoolean) return String(value);
      return defaultValue === undefined ? '' : String(value === null || value === undefined);
    })
    .join(',');
}

function leafOf(leaf: ShapeLeaf, names: readonly string[]): Leaf {
  return {
    id: leaf.id,
    coordinate: leaf.coordinate,
    path: leaf.keys.map((key) => names[key] ?? ''),
    parents: leaf.parents,
    args: {},
    isTypename: leaf.isTypename,
    narrowedBy: leaf.narrowedBy,
  };
}

function rootKeys(selections: readonly Selection[]): readonly number[] {
  return selections.flatMap((each) => (each.kind === 'narrowing' ? rootKeys(each.selections) : [each.key]));
}

/** The operation's own introspection fields under normalised aliases; what is below keeps the client's text. */
function introspectionDocument(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  selections: readonly Selection[],
): DocumentNode | null {
  const fields: IntrospectionSelection[] = [];
  const gather = (all: readonly Selection[]): void => {
    for (const each of all) {
      if (each.kind === 'introspection') fields.push(each);
      else if (each.kind === 'narrowing') gather(each.selections);
    }
  };
  gather(selections);
  if (fields.length === 0) return null;
  const nodes = fields.map(({ key, node }) => ({
    ...node,
    alias: { kind: Kind.NAME, value: aliasOf(key) } as const,
  }));
  const only = { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections: nodes } as const };
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return { kind: Kind.DOCUMENT, definitions: [only, ...fragments] };
}
