import type { Dice } from './dice.ts';
import type { Drawn, DrawnField, DrawnType } from './random-supergraph.ts';
import type { World } from './world.ts';

type OpenItem = Record<string, unknown> & { readonly __typename: string };

/** How often something is missing or fails: 0 for never, else once in so many. */
export interface Mishaps {
  readonly nulls: number;
  readonly errors: number;
}

/** Draws data for a federation: what is required or a key never fails where that would take innocent fields along. */
export function drawWorld(dice: Dice, drawn: Drawn, mishaps: Mishaps): World {
  const items = new Map<string, OpenItem[]>();
  for (const type of drawn.types) {
    if (type.kind !== 'entity') continue;
    const count = 1 + dice.throw(3);
    items.set(
      type.name,
      Array.from({ length: count }, (_, at) => newEntity(type, at)),
    );
  }
  const maker = new ValueMaker(dice, drawn, items, mishaps);
  for (const type of drawn.types) {
    for (const item of items.get(type.name) ?? []) {
      item['common'] = dice.throw(9);
      for (const field of type.fields) item[field.name] = maker.field(type, field);
    }
  }
  const roots = Object.fromEntries(drawn.roots.map((field) => [field.name, maker.field(null, field)]));
  return { items: [...items.values()].flat(), roots: { Query: roots } };
}

function newEntity({ name }: DrawnType, at: number): OpenItem {
  const part = { __typename: 'Part', a: `a${at}`, b: at };
  return { __typename: name, id: `${name}-${at}`, code: `c${at}`, no: at, part };
}

class ValueMaker {
  readonly #dice: Dice;
  readonly #drawn: Drawn;
  readonly #items: ReadonlyMap<string, readonly OpenItem[]>;
  readonly #mishaps: Mishaps;
  #failures = 0;

  constructor(dice: Dice, drawn: Drawn, items: ReadonlyMap<string, readonly OpenItem[]>, mishaps: Mishaps) {
    this.#dice = dice;
    this.#drawn = drawn;
    this.#items = items;
    this.#mishaps = mishaps;
  }

  field(type: DrawnType | null, field: DrawnField): unknown {
    if (field.requires !== null) return (_args: unknown, given: unknown) => JSON.stringify(given);
    const mayFail = type?.kind !== 'value' && !this.#isNeeded(type, field);
    const value = this.#wrapped(field.of, [...field.wraps], mayFail);
    return field.hasArgument ? withArgument(value) : value;
  }

  /** Whether the field is sent to another service, so that a null of it that goes up is more than its own. */
  #isNeeded(type: DrawnType | null, field: DrawnField): boolean {
    const isRequired =
      type?.fields.some((other) => other.requires?.split(/[^\w]+/u).includes(field.name)) ?? false;
    const isProvided = this.#drawn.types.some((each) =>
      each.fields.some((other) => other.of === type?.name && other.provides === field.name),
    );
    return (isRequired || isProvided) && field.wraps.includes('!');
  }

  #wrapped(of: string, wraps: readonly string[], mayFail: boolean): unknown {
    const isRequired = wraps.at(-1) === '!';
    const inner = isRequired ? wraps.slice(0, -1) : wraps;
    if (mayFail && this.#happens(this.#mishaps.errors)) {
      this.#failures += 1;
      return new Error(`failure ${this.#failures}`);
    }
    const isNull = this.#happens(isRequired ? (mayFail ? this.#mishaps.errors * 3 : 0) : this.#mishaps.nulls);
    if (isNull) return isRequired ? new Error('a null where none may be') : null;
    if (inner.at(-1) === '[]') {
      return Array.from({ length: this.#dice.throw(4) }, () =>
        this.#wrapped(of, inner.slice(0, -1), mayFail),
      );
    }
    return this.#named(of);
  }

  #happens(inTimes: number): boolean {
    return inTimes > 0 && this.#dice.once(inTimes);
  }

  #named(of: string): unknown {
    const number = this.#dice.throw(100);
    if (of === 'Int') return number;
    if (of === 'Float') return number / 4;
    if (of === 'String' || of === 'ID') return `${of}${number}`;
    if (of === 'Colour') return this.#dice.pick(['RED', 'GREEN', 'BLUE']);
    const type = this.#drawn.types.find((each) => each.name === of);
    if (type?.kind === 'value') {
      return {
        __typename: of,
        ...Object.fromEntries(type.fields.map((field) => [field.name, this.field(type, field)])),
      };
    }
    const kinds = type?.kind === 'entity' ? [of] : (type?.members ?? []);
    return this.#dice.pick(this.#items.get(this.#dice.pick(kinds)) ?? []);
  }
}

/** The argument shows in leaves, so that one call's answer cannot pass for another's. */
function withArgument(value: unknown): unknown {
  return ({ n }: { n?: number | null }) => shifted(value, n ?? 0);
}

function shifted(value: unknown, by: number): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => shifted(each, by));
  if (typeof value === 'number') return value + by;
  return typeof value === 'string' && /\d$/u.test(value) ? `${value}+${by}` : value;
}
