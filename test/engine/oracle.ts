import {
  buildASTSchema,
  type DocumentNode,
  execute,
  type FieldNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  Kind,
  parse,
  printSchema,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import type { SubgraphField, SubgraphType } from './read-subgraph.ts';
import { type IsA, valueOf } from './serve-world.ts';
import { fieldsFor, isItem, type Item, type World } from './world.ts';

/** Which services answer a field of the merged schema, with what each says of it. */
export interface Owner {
  readonly service: string;
  readonly type: SubgraphType;
  readonly field: SubgraphField;
}

/** An answer of graphql-js as JSON. */
export interface OracleAnswer {
  readonly data: unknown;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly (string | number)[] }[];
}

/** What a plain server over all the data answers. */
export class Oracle {
  readonly #schema: GraphQLSchema;
  readonly #loose: GraphQLSchema;
  readonly #ownersOf: (typeName: string, field: string) => readonly Owner[];
  readonly #isA: IsA;

  constructor(
    schema: GraphQLSchema,
    ownersOf: (typeName: string, field: string) => readonly Owner[],
    isA: IsA,
  ) {
    this.#schema = schema;
    this.#loose = withoutNonNull(schema);
    this.#ownersOf = ownersOf;
    this.#isA = isA;
  }

  /** The answer that the specification demands. */
  answer(world: World, query: string, variables: Record<string, unknown>): Promise<OracleAnswer> {
    return this.#run(this.#schema, world, parse(query), variables);
  }

  /** The same where no place forbids null: every error there can be stands at its own path, over a null. */
  loose(world: World, query: string, variables: Record<string, unknown>): Promise<OracleAnswer> {
    return this.#run(this.#loose, world, parse(query), variables);
  }

  async #run(
    schema: GraphQLSchema,
    world: World,
    document: DocumentNode,
    variableValues: Record<string, unknown>,
  ): Promise<OracleAnswer> {
    const result = await execute({
      schema,
      document,
      variableValues,
      fieldResolver: this.#resolver(world),
      typeResolver: (value) => (value as Item).__typename,
    });
    return JSON.parse(JSON.stringify(result)) as OracleAnswer;
  }

  #resolver(world: World): GraphQLFieldResolver<unknown, unknown> {
    return (source, args: Record<string, unknown>, _context, { parentType, fieldName }) => {
      if (!isItem(source)) return valueOf(world.roots[parentType.name]?.[fieldName], args, null);
      return this.#value(source, fieldName, args);
    };
  }

  #value(item: Item, name: string, args: Readonly<Record<string, unknown>>): unknown {
    const owners = this.#ownersOf(item.__typename, name);
    if (owners.length > 0 && owners.every(({ service }) => item.unknownTo?.includes(service))) return null;
    const owner = owners.find(({ service }) => !item.unknownTo?.includes(service));
    const given = owner?.field.requires ? this.#given(owner.field.requires.selections, item) : null;
    return given instanceof Error ? given : valueOf(item[name], args, given);
  }

  /** What a field set says of a thing; an error in it is an error of the field that requires it. */
  #given(selections: readonly unknown[], value: unknown): unknown {
    if (value instanceof Error || value === null || value === undefined) return value ?? null;
    if (Array.isArray(value)) return firstError(value.map((each) => this.#given(selections, each)));
    if (!isItem(value)) return value;
    const picked: Record<string, unknown> = {};
    const set = { kind: Kind.SELECTION_SET, selections: selections as readonly FieldNode[] } as const;
    for (const field of fieldsFor(set, value.__typename, this.#isA)) {
      const args = Object.fromEntries(
        (field.arguments ?? []).map((each) => [each.name.value, valueFromASTUntyped(each.value)]),
      );
      const below = this.#given(
        field.selectionSet?.selections ?? [],
        this.#value(value, field.name.value, args),
      );
      if (below instanceof Error) return below;
      picked[field.name.value] = below;
    }
    return picked;
  }
}

function firstError(values: readonly unknown[]): unknown {
  return values.find((each) => each instanceof Error) ?? values;
}

function withoutNonNull(schema: GraphQLSchema): GraphQLSchema {
  const strip = (node: unknown): unknown =>
    visit(node as never, { NonNullType: { leave: (each) => each.type } });
  const document = visit(parse(printSchema(schema)), {
    FieldDefinition: (node) => ({ ...node, type: strip(node.type) as typeof node.type }),
  });
  return buildASTSchema(document, { assumeValidSDL: true });
}
