import {
  getNamedType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import type { Dice } from './dice.ts';

/** An operation with the values of its variables. */
export interface DrawnOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Draws an operation that is valid; null when the throws give none. */
export function drawOperation(dice: Dice, schema: GraphQLSchema): DrawnOperation | null {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const maker = new OperationMaker(dice, schema);
    const body = maker.selection('Query', 3 + dice.throw(3));
    if (body === null) continue;
    const declared = ['yes: Boolean!', 'no: Boolean! = false', 'n: Int', 'm: Int = 7'].filter((each) =>
      new RegExp(`\\$${each.slice(0, each.indexOf(':'))}\\b`, 'u').test(body + maker.fragments.join(' ')),
    );
    const head = declared.length === 0 ? 'query' : `query(${declared.map((each) => `$${each}`).join(', ')})`;
    const text = `${head} ${body} ${maker.fragments.join(' ')}`;
    if (validate(schema, parse(text)).length > 0) continue;
    const values: Record<string, unknown> = { yes: dice.once(2), n: dice.throw(5) };
    if (dice.once(4)) values['no'] = true;
    if (dice.once(4)) values['m'] = null;
    if (dice.once(4)) delete values['n'];
    return { query: text, variables: values };
  }
  return null;
}

class OperationMaker {
  readonly fragments: string[] = [];
  readonly #dice: Dice;
  readonly #schema: GraphQLSchema;
  #budget = 40;

  constructor(dice: Dice, schema: GraphQLSchema) {
    this.#dice = dice;
    this.#schema = schema;
  }

  selection(typeName: string, depth: number): string | null {
    const parts: string[] = [];
    for (let count = 2 + this.#dice.throw(4); count > 0 && this.#budget > 0; count -= 1) {
      const part = this.#dice.once(5) ? this.#fragment(typeName, depth) : this.#field(typeName, depth);
      if (part !== null) parts.push(part);
    }
    if (parts.length === 0) return depth === 0 ? null : '{ __typename }';
    return `{ ${parts.join(' ')} }`;
  }

  #condition(): string {
    return this.#dice.once(8)
      ? this.#dice.pick([' @include(if: $yes)', ' @skip(if: $yes)', ' @skip(if: $no)', ' @include(if: true)'])
      : '';
  }

  #fragment(typeName: string, depth: number): string | null {
    const type = this.#schema.getType(typeName);
    const inside = isAbstractType(type) ? this.#schema.getPossibleTypes(type).map((each) => each.name) : [];
    const outside = isObjectType(type) ? type.getInterfaces().map((each) => each.name) : [];
    const on = this.#dice.pick([typeName, ...inside, ...inside, ...outside]);
    const body = this.selection(on, depth);
    if (body === null) return null;
    if (this.#dice.once(3)) {
      const name = `F${this.fragments.length}`;
      this.fragments.push(`fragment ${name} on ${on} ${body}`);
      return `...${name}${this.#condition()}`;
    }
    return on === typeName && this.#dice.once(2)
      ? `...${this.#condition()} ${body}`
      : `... on ${on}${this.#condition()} ${body}`;
  }

  #field(typeName: string, depth: number): string | null {
    const type = this.#schema.getType(typeName);
    const all: readonly (GraphQLField<unknown, unknown> | null)[] =
      isObjectType(type) || isInterfaceType(type) ? [...Object.values(type.getFields()), null] : [null];
    const field = this.#dice.pick(all);
    if (!field) return this.#dice.once(3) ? `t${this.#dice.throw(2)}: __typename` : '__typename';
    const below = getNamedType(field.type);
    const isLeaf = isLeafType(below);
    if (!isLeaf && depth === 0) return null;
    this.#budget -= 1;
    const args =
      field.args.length === 0 ? '' : this.#dice.pick(['', '(n: 3)', '(n: $n)', '(n: $m)', '(n: null)']);
    const alias = this.#dice.once(3) ? `${this.#dice.pick(['x', 'y', 'id', 'f0', 'c_0', 'code'])}: ` : '';
    const body = isLeaf ? '' : this.selection(below.name, depth - 1);
    return body === null ? null : `${alias}${field.name}${args}${this.#condition()} ${body}`;
  }
}
