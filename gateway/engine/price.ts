/** A number that may depend on the values of variables. */
export interface Price {
  /** What holds whatever the variables are; the whole price where `live` is null. */
  readonly fixed: number;
  readonly live: ((variables: Variables) => number) | null;
}

/** Coerced variables by their normalised name. */
export type Variables = Readonly<Record<string, unknown>>;

/** Costs nothing. */
export const free: Price = { fixed: 0, live: null };

/** Costs the same whatever is asked. */
export const fixedPrice = (fixed: number): Price => ({ fixed, live: null });

/** Several prices together. */
export function sumOf(prices: readonly Price[]): Price {
  return combine(prices, (numbers) => numbers.reduce((sum, each) => sum + each, 0));
}

/** The dearest of several; nothing where there is none. */
export function dearestOf(prices: readonly Price[]): Price {
  return combine(prices, (numbers) => numbers.reduce((most, each) => Math.max(most, each), 0));
}

/** So many times a price. */
export function times(count: Price, price: Price): Price {
  return combine([count, price], ([many = 0, each = 0]) => many * each);
}

/** What a price comes to; never below nothing, nor beyond what a number can say. */
export function valueOf({ fixed, live }: Price, variables: Variables): number {
  return Math.min(Math.max(live ? live(variables) : fixed, 0), Number.MAX_SAFE_INTEGER);
}

function combine(prices: readonly Price[], join: (numbers: readonly number[]) => number): Price {
  if (prices.every(({ live }) => live === null)) return fixedPrice(join(prices.map(({ fixed }) => fixed)));
  // Kinds of one interface share what is below them: of one request it is worked out once.
  let seen: Variables | undefined;
  let value = 0;
  const live = (variables: Variables): number => {
    if (seen !== variables) {
      value = join(prices.map((price) => valueOf(price, variables)));
      seen = variables;
    }
    return value;
  };
  return { fixed: 0, live };
}
