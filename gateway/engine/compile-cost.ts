import {
  type ArgumentNode,
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { fieldOf } from './field-of.ts';
import { dearestOf, fixedPrice, free, type Price, sumOf, times, type Variables } from './price.ts';
import type { Costs, ListSize } from './read-costs.ts';
import { concreteNames } from './concrete-names.ts';
import type { FieldSelection, Selection, Shape } from './shape.ts';

/** A mutation costs so much before any of its fields. */
const mutationWeight = 10;

/** What compiling a price needs of the supergraph. */
export interface CostContext {
  /** The full schema: weights stand on it. */
  readonly schema: GraphQLSchema;
  readonly costs: Costs;
  /** How long a list is taken to be of which nothing is said. */
  readonly listSize: number;
  /** Told of a field whose list has not exactly one size where one is required. */
  readonly unsized: (coordinate: string) => void;
}

/** Compiles what an operation is estimated to cost. Time is linear in its selections times the kinds they may be of. */
export function compileCost(context: CostContext, shape: Shape): Price {
  const operation = fixedPrice(shape.kind === 'mutation' ? mutationWeight : 0);
  return sumOf([operation, new CostCompiler(context).object(shape.rootType, shape.selections, null)]);
}

/** Which lists of an object have a size that the field leading to it says. */
interface Sized {
  /** The field that says it: part of what a remembered price belongs to. */
  readonly by: string;
  readonly fields: ReadonlySet<string>;
  readonly size: Price;
}

class CostCompiler {
  readonly #context: CostContext;
  readonly #known = new Map<readonly Selection[], Map<string, Price>>();

  constructor(context: CostContext) {
    this.#context = context;
  }

  /** The dearest of what an object of this type may be; its own weight is left to the field. */
  object(typeName: string, selections: readonly Selection[], sized: Sized | null): Price {
    return dearestOf(
      concreteNames(this.#context.schema, typeName).map((kind) => this.#kind(kind, selections, sized)),
    );
  }

  #kind(kind: string, selections: readonly Selection[], sized: Sized | null): Price {
    const known = this.#known.get(selections) ?? new Map<string, Price>();
    this.#known.set(selections, known);
    const identity = `${kind} ${sized?.by ?? ''}`;
    const remembered = known.get(identity);
    if (remembered) return remembered;
    const fields: FieldSelection[] = [];
    this.#gather(kind, selections, fields);
    const seen = new Set<number>();
    const prices = fields.map((field) => {
      const isFirst = !seen.has(field.key);
      seen.add(field.key);
      return this.#field(kind, field, sized, isFirst);
    });
    const price = sumOf(prices);
    known.set(identity, price);
    return price;
  }

  #gather(kind: string, selections: readonly Selection[], into: FieldSelection[]): void {
    for (const selection of selections) {
      if (selection.kind === 'field') into.push(selection);
      else if (selection.kind === 'narrowing') {
        const holds =
          selection.on === kind || concreteNames(this.#context.schema, selection.on).includes(kind);
        if (holds) this.#gather(kind, selection.selections, into);
      }
    }
  }

  /** What is selected twice under one response key is one field: its weight and arguments count once. */
  #field(kind: string, selection: FieldSelection, sized: Sized | null, isFirst: boolean): Price {
    const field = fieldOf(this.#context.schema.getType(kind), selection.name);
    if (!field) return free;
    const { costs } = this.#context;
    const coordinate = `${kind}.${selection.name}`;
    const listSize = costs.sizeOf(coordinate);
    const own = listSize && this.#sizeOf(coordinate, listSize, field, selection.arguments);
    const said = sized?.fields.has(selection.name) ? sized.size : own;
    const count = this.#count(field.type, said);
    const below = this.#below(selection, field.type, isFirst ? costs.ofField(coordinate) : 0, {
      by: coordinate,
      fields: listSize?.sizedFields ?? new Set(),
      size: own ?? fixedPrice(this.#context.listSize),
    });
    const args = isFirst ? this.#arguments(field, selection.arguments) : free;
    return sumOf([times(count, below), args]);
  }

  /** One of the field's values: its weight, and what is selected of it. */
  #below(selection: FieldSelection, type: GraphQLOutputType, weight: number | null, sized: Sized): Price {
    const named = getNamedType(type);
    const { costs, schema } = this.#context;
    if (isLeafType(named)) return fixedPrice(weight ?? costs.ofType(named.name) ?? 0);
    return dearestOf(
      concreteNames(schema, named.name).map((kind) =>
        sumOf([
          fixedPrice(weight ?? costs.ofType(kind) ?? 1),
          this.#kind(kind, selection.selections ?? [], sized.fields.size === 0 ? null : sized),
        ]),
      ),
    );
  }

  #count(type: GraphQLOutputType, said: Price | null): Price {
    if (isNonNullType(type)) return this.#count(type.ofType, said);
    if (!isListType(type)) return fixedPrice(1);
    const inner = this.#count(type.ofType, null);
    return times(said ?? fixedPrice(this.#context.listSize), inner);
  }

  /** The largest size that the arguments say; the assumed one where they say none. */
  #sizeOf(
    coordinate: string,
    listSize: ListSize,
    field: GraphQLField<unknown, unknown>,
    args: readonly ArgumentNode[],
  ): Price {
    const { slicingArguments, assumedSize, requireOne } = listSize;
    const fallback = assumedSize ?? this.#context.listSize;
    if (slicingArguments.length === 0) return fixedPrice(fallback);
    return priceOf(args, (variables) => {
      const sizes = slicingArguments.flatMap((way) => sizeAt(way, field, args, variables));
      if (requireOne && sizes.length !== 1) this.#context.unsized(coordinate);
      return sizes.length === 0 ? fallback : Math.max(...sizes);
    });
  }

  #arguments(field: GraphQLField<unknown, unknown>, args: readonly ArgumentNode[]): Price {
    return sumOf(
      args.flatMap((arg) => {
        const definition = field.args.find(({ name }) => name === arg.name.value);
        if (!definition) return [];
        return [
          priceOf([arg], (variables) => this.#input(definition, valueFromASTUntyped(arg.value, variables))),
        ];
      }),
    );
  }

  #input(definition: GraphQLArgument | GraphQLInputField, value: unknown): number {
    return this.#inputOf(definition.type, value, this.#context.costs.ofInput(definition));
  }

  #inputOf(type: GraphQLInputType, value: unknown, weight: number | null): number {
    if (value === null || value === undefined) return 0;
    if (isNonNullType(type)) return this.#inputOf(type.ofType, value, weight);
    if (isListType(type)) {
      const items: readonly unknown[] = Array.isArray(value) ? value : [value];
      return items.reduce<number>((sum, each) => sum + this.#inputOf(type.ofType, each, weight), 0);
    }
    const own = weight ?? this.#context.costs.ofType(type.name) ?? (isInputObjectType(type) ? 1 : 0);
    if (!isInputObjectType(type) || typeof value !== 'object') return own;
    return Object.values(type.getFields()).reduce(
      (sum, field) => sum + this.#input(field, (value as Record<string, unknown>)[field.name]),
      own,
    );
  }
}

/** A price of arguments: worked out at once where no variable stands in them. */
function priceOf(args: readonly ArgumentNode[], work: (variables: Variables) => number): Price {
  return args.some(holdsVariable) ? { fixed: 0, live: work } : fixedPrice(work({}));
}

function holdsVariable(arg: ArgumentNode): boolean {
  let found = false;
  visit(arg, {
    Variable: () => {
      found = true;
    },
  });
  return found;
}

function sizeAt(
  way: readonly string[],
  field: GraphQLField<unknown, unknown>,
  args: readonly ArgumentNode[],
  variables: Variables,
): readonly number[] {
  const [first = '', ...further] = way;
  const given = args.find((arg) => arg.name.value === first);
  const definition = field.args.find(({ name }) => name === first);
  let value: unknown = given ? valueFromASTUntyped(given.value, variables) : undefined;
  if (value === undefined) value = definition?.defaultValue;
  for (const name of further) value = (value as Record<string, unknown> | null | undefined)?.[name];
  return typeof value === 'number' && value >= 0 ? [value] : [];
}
