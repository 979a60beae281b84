import type { ShareItem } from './share.ts';

/** The items of a request by how they are decided. */
export interface SortedItems {
  /** Given together, or the whole request is declined. */
  readonly essential: readonly ShareItem[];
  /** Each takes a tick of its own. */
  readonly separate: readonly ShareItem[];
  /** Given only where they are ticked, and the service works without them. */
  readonly voluntary: readonly ShareItem[];
}

/** Each item in one group, in the order of the request. What takes a tick of its own keeps it, voluntary or not. */
export function sortItems(items: readonly ShareItem[]): SortedItems {
  return {
    essential: items.filter((item) => item.separateTick !== true && item.voluntary !== true),
    separate: items.filter((item) => item.separateTick === true),
    voluntary: items.filter((item) => item.separateTick !== true && item.voluntary === true),
  };
}
