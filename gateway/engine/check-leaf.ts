import { type GraphQLLeafType, isEnumType } from 'graphql';

/** Says whether a JSON value, never null, is one that the scalar may have. */
export type ScalarCheck = (value: unknown) => boolean;

const builtIn: Readonly<Record<string, ScalarCheck>> = {
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string' || Number.isSafeInteger(value),
  Int: (value) =>
    Number.isInteger(value) && (value as number) >= -2147483648 && (value as number) <= 2147483647,
  Float: (value) => typeof value === 'number' && Number.isFinite(value),
  Boolean: (value) => typeof value === 'boolean',
};

/** Takes every value: of scalars nothing is known of. */
export const isAny: ScalarCheck = (value) => value !== undefined;

/**
 * The checks of leaf types, each made once. Custom scalars come from the registry given; one without an entry takes any
 * JSON value.
 */
export class LeafChecks {
  readonly #scalars: Readonly<Record<string, ScalarCheck>>;
  readonly #known = new Map<string, ScalarCheck>();

  constructor(scalars: Readonly<Record<string, ScalarCheck>>) {
    this.#scalars = scalars;
  }

  /** The check of one type of the engine's schema. */
  of(type: GraphQLLeafType): ScalarCheck {
    let check = this.#known.get(type.name);
    if (!check) {
      check = checkOf(type, this.#scalars);
      this.#known.set(type.name, check);
    }
    return check;
  }
}

function checkOf(type: GraphQLLeafType, scalars: Readonly<Record<string, ScalarCheck>>): ScalarCheck {
  if (isEnumType(type)) {
    const members = new Set<unknown>(type.getValues().map((value) => value.name));
    return (value) => members.has(value);
  }
  if (Object.hasOwn(builtIn, type.name)) return builtIn[type.name] ?? isAny;
  return Object.hasOwn(scalars, type.name) ? (scalars[type.name] ?? isAny) : isAny;
}
