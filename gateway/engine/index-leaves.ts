import type { AnswerContext, AskedField, AskedObject } from './answer-shape.ts';
import { aliasOf, placeOf, slotOfAlias, type ShapeLeaf } from './shape.ts';

/** Finds the leaves of a shape that objects asked of a source at one place bring; built once for a plan. */
export type LeafIndex = (
  context: AnswerContext,
  asked: AskedObject,
  way: readonly string[],
) => readonly number[];

/** Indexes leaves by their way from the root, and typenames by the way to the field they stand in. */
export function indexLeaves(leaves: readonly ShapeLeaf[]): LeafIndex {
  const byPlace = new Map<string, ShapeLeaf[]>();
  for (const leaf of leaves) {
    const place = placeOf(leaf.slots.map(aliasOf));
    const known = byPlace.get(place);
    if (known) known.push(leaf);
    else byPlace.set(place, [leaf]);
  }
  return (context, asked, way) => {
    const found = new Set<number>();
    const visit = (name: string, fields: readonly AskedField[], at: readonly string[]): void => {
      for (const field of fields) {
        if (slotOfAlias(field.key) < 0) continue;
        const place = [...at, field.key];
        for (const leaf of byPlace.get(placeOf(place)) ?? []) {
          // The kind of an object comes with the field it stands in.
          if (leaf.isTypename || overlaps(context, leaf.parent, name)) found.add(leaf.id);
        }
        if (field.object) for (const [below, inner] of field.object.byType) visit(below, inner, place);
      }
    };
    for (const [name, fields] of asked.byType) visit(name, fields, way);
    return [...found].sort((a, b) => a - b);
  };
}

/** Whether an object of one type may be seen as the other. */
function overlaps(context: AnswerContext, one: string, other: string): boolean {
  if (one === other) return true;
  const { concreteTypes } = context.supergraph;
  const others = concreteTypes(other);
  return concreteTypes(one).some((name) => others.includes(name));
}
