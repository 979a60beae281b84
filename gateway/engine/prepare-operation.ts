import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { answerIntrospection, type Introspect } from './answer-introspection.ts';
import { BoundedCache } from './bounded-cache.ts';
import { coerceVariables, foldingKey } from './coerce-variables.ts';
import { refuseTooManyRootFields } from './count-selections.ts';
import type { EngineStats, Leaf, PreparedOperation } from './engine-types.ts';
import { type CalledLeaf, calledLeaves, withArguments } from './leaf-arguments.ts';
import type { EngineLimits } from './limits.ts';
import { normalise, type Normalised } from './normalise.ts';
import { pickOperation, readDocument, withinStack } from './read-document.ts';
import type { Selection, Shape, ShapeLeaf } from './shape.ts';

/** Ways to fold one document's conditions that are remembered. */
const foldingsKept = 16;

interface ReadDocument {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** By the part of the variables that shapes the operation. */
  readonly templates: BoundedCache<Template>;
}

interface Template {
  readonly normalised: Normalised;
  readonly labels: readonly string[];
  /** Leaves without the values of their arguments. */
  readonly leaves: readonly Leaf[];
  readonly called: readonly CalledLeaf[];
  readonly introspect: Introspect | null;
}

/** Reads operations and remembers what does not depend on the values of their variables. */
export class OperationReader {
  readonly #schema: GraphQLSchema;
  readonly #limits: EngineLimits;
  readonly #stats: EngineStats;
  readonly #documents: BoundedCache<ReadDocument>;
  readonly #shapes: BoundedCache<Shape>;

  constructor(schema: GraphQLSchema, limits: EngineLimits, stats: EngineStats) {
    this.#schema = schema;
    this.#limits = limits;
    this.#stats = stats;
    this.#documents = new BoundedCache(limits.cacheEntries, limits.cacheCharacters);
    this.#shapes = new BoundedCache(limits.cacheEntries, limits.cacheCharacters);
  }

  /** Throws EngineRefusal for anything a client can do wrong. */
  prepare(
    query: string,
    operationName: string | null | undefined,
    raw: Readonly<Record<string, unknown>>,
  ): PreparedOperation {
    const read = this.#read(query, operationName);
    const given = coerceVariables(this.#schema, read.operation, raw);
    const { normalised, labels, leaves, called, introspect } = this.#template(read, given);
    const variables: Record<string, unknown> = {};
    for (const [client, name] of normalised.renamedVariables) {
      if (Object.hasOwn(given, client)) variables[name] = given[client];
    }
    return {
      kind: normalised.shape.kind,
      leaves: withArguments(leaves, called, variables),
      shapeKey: normalised.shape.text,
      introspects: introspect !== null,
      variables,
      internal: { normalised, labels, introspect: introspect && (() => introspect(raw)) },
    };
  }

  #read(query: string, operationName: string | null | undefined): ReadDocument {
    // U+0000 can stand neither in a name nor in a document, so no two requests share a key by accident.
    const key = operationName ? `${operationName}\u0000${query}` : query;
    const known = this.#documents.get(key);
    if (known) {
      this.#stats.documentHits += 1;
      return known;
    }
    this.#stats.documents += 1;
    const document = readDocument(this.#schema, query, this.#limits);
    const operation = pickOperation(document, operationName);
    const read = { document, operation, templates: new BoundedCache<Template>(foldingsKept) };
    this.#documents.set(key, read, key.length);
    return read;
  }

  #template(read: ReadDocument, variables: Readonly<Record<string, unknown>>): Template {
    const { document, operation, templates } = read;
    const key = foldingKey(operation, variables);
    const known = templates.get(key);
    if (known) return known;
    const normalised = withinStack(() => normalise(this.#schema, document, operation, variables));
    const { selections } = normalised.shape;
    refuseTooManyRootFields(new Set(rootKeys(selections)).size, this.#limits);
    const shape = this.#intern(normalised.shape);
    const template = {
      normalised: { ...normalised, shape },
      labels: normalised.names.map((name) => `${JSON.stringify(name)}:`),
      leaves: shape.leaves.map((leaf) => leafOf(leaf, normalised.names)),
      called: calledLeaves(this.#schema, shape.leaves),
      introspect: answerIntrospection(this.#schema, document, operation, selections),
    };
    templates.set(key, template);
    return template;
  }

  /** Equal shapes are one object, so that plans can be kept with it. */
  #intern(shape: Shape): Shape {
    const known = this.#shapes.get(shape.text);
    if (known) return known;
    this.#shapes.set(shape.text, shape, shape.text.length);
    return shape;
  }
}

const noValues: Leaf['args'] = Object.freeze({});

function leafOf(leaf: ShapeLeaf, names: readonly string[]): Leaf {
  return {
    id: leaf.id,
    coordinate: leaf.coordinate,
    path: leaf.keys.map((key) => names[key] ?? ''),
    parents: leaf.parents,
    args: noValues,
    isTypename: leaf.isTypename,
    narrowedBy: leaf.narrowedBy,
  };
}

function rootKeys(selections: readonly Selection[]): readonly number[] {
  return selections.flatMap((each) => (each.kind === 'narrowing' ? rootKeys(each.selections) : [each.key]));
}
