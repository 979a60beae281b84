import { visitPlaces } from './order-steps.ts';
import type { PrunedSelection } from './prune-refused.ts';
import { aliasOf, placeOf } from './shape.ts';
import type { Step } from './step.ts';

/** Which source answers each response key, by its number: named in errors that only the writer can see. */
export function sourcesByKey(
  selections: readonly PrunedSelection[],
  steps: readonly Step[],
): ReadonlyMap<number, string> {
  const byPlace = new Map<string, string>();
  for (const step of steps) {
    visitPlaces(step, (place) => {
      if (!byPlace.has(place)) byPlace.set(place, step.service);
    });
  }
  const byKey = new Map<number, string>();
  const visit = (below: readonly PrunedSelection[], way: readonly string[]): void => {
    for (const selection of below) {
      if (selection.kind === 'narrowing') visit(selection.selections, way);
      if (selection.kind !== 'field') continue;
      const place = [...way, aliasOf(selection.slot)];
      const source = byPlace.get(placeOf(place));
      if (source !== undefined) byKey.set(selection.key, source);
      if (selection.selections) visit(selection.selections, place);
    }
  };
  visit(selections, []);
  return byKey;
}
