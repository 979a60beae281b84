/**
 * The JSON text of lists that are kept and stand in every token or entry again: names of claims and fields, as many as a
 * profile has. Text goes with its list.
 */
const texts = new WeakMap<readonly string[], string>();

/** Writes a list once for all times it will be written; it must be kept by whoever made it, and never change. */
export function keepText(list: readonly string[]): void {
  if (!texts.has(list)) texts.set(list, JSON.stringify(list));
}

/** The list as JSON text. */
export function listText(list: readonly string[]): string {
  return texts.get(list) ?? JSON.stringify(list);
}
