import type { ShareItem } from './asked.ts';

/** What of a decision does not fit what is asked: a `BAD_USER_INPUT`. */
export interface DecisionProblem {
  readonly field: 'voluntary' | 'ticked' | 'wardAgrees';
  readonly reason: 'ITEM_UNKNOWN' | 'TICK_REQUIRED' | 'NOTHING_GRANTED' | 'WARD_YES_REQUIRED';
}

/** What a decision names: nothing is ticked that is not named. */
export interface NamedItems {
  readonly voluntary: readonly string[];
  readonly ticked: readonly string[];
}

/**
 * What a yes comes to (Law 91/2025, art. 9; Decree 356/2025, art. 6): all that is essential, of the voluntary what was named,
 * and what takes a tick of its own where that tick was given. An essential item without its tick refuses the decision: one
 * cannot agree to what one did not tick.
 */
export function decideItems(
  items: readonly ShareItem[],
  { voluntary, ticked }: NamedItems,
): { readonly granted: readonly ShareItem[] } | { readonly problem: DecisionProblem } {
  const named = new Set(voluntary);
  const ticks = new Set(ticked);
  const offered = new Set(items.filter((item) => item.voluntary).map(({ id }) => id));
  const toTick = new Set(items.filter((item) => item.separateTick).map(({ id }) => id));
  if (voluntary.some((id) => !offered.has(id))) return unfit('voluntary', 'ITEM_UNKNOWN');
  if (ticked.some((id) => !toTick.has(id))) return unfit('ticked', 'ITEM_UNKNOWN');
  const untold = ({ id, ...item }: ShareItem): boolean =>
    item.separateTick && !ticks.has(id) && (!item.voluntary || named.has(id));
  if (items.some(untold)) return unfit('ticked', 'TICK_REQUIRED');
  const granted = items.filter(({ id, ...item }) =>
    item.separateTick ? ticks.has(id) : !item.voluntary || named.has(id),
  );
  return granted.length === 0 ? unfit('voluntary', 'NOTHING_GRANTED') : { granted };
}

function unfit(
  field: DecisionProblem['field'],
  reason: DecisionProblem['reason'],
): { readonly problem: DecisionProblem } {
  return { problem: { field, reason } };
}
