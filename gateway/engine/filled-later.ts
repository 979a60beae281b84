import { visitPlaces } from './order-steps.ts';
import type { Step } from './step.ts';

/**
 * Tells of each list of entities whether another request brings something of the objects within them. Only then
 * must the objects a shared answer belongs to have copies of their own.
 */
export function tellFilledLater(steps: readonly Step[]): readonly Step[] {
  const brought = steps.map((step) => {
    const places = new Set<string>();
    visitPlaces(step, (place) => places.add(place));
    return places;
  });
  return steps.map((step, index) => {
    const others = brought.filter((_, at) => at !== index);
    return {
      ...step,
      groups: step.groups.map((group) => ({
        ...group,
        isFilledLater: objectPlaces({ ...step, root: null, groups: [group] }).some((place) =>
          others.some((each) => hasBelow(each, place)),
        ),
      })),
    };
  });
}

function objectPlaces(step: Step): readonly string[] {
  const places = new Set<string>();
  visitPlaces(step, (place, { object }) => {
    if (object) places.add(place);
  });
  return [...places];
}

function hasBelow(places: ReadonlySet<string>, place: string): boolean {
  for (const each of places) if (each.startsWith(`${place}.`)) return true;
  return false;
}
