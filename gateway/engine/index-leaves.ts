import type { AnswerContext, AskedField, AskedObject } from './answer-shape.ts';
import { keyOfAlias, type ShapeLeaf } from './shape.ts';

/** Finds the leaves of a shape that objects asked of a source bring; built once for a shape. */
export type LeafIndex = (context: AnswerContext, asked: AskedObject) => readonly number[];

/** Indexes leaves by their own field number, and typenames by the number of the field they stand in. */
export function indexLeaves(leaves: readonly ShapeLeaf[]): LeafIndex {
  const byKey = new Map<number, ShapeLeaf[]>();
  for (const leaf of leaves) {
    const key = leaf.isTypename ? leaf.scope : leaf.key;
    const known = byKey.get(key);
    if (known) known.push(leaf);
    else byKey.set(key, [leaf]);
  }
  return (context, asked) => {
    const found = new Set<number>();
    const visit = (name: string, fields: readonly AskedField[]): void => {
      for (const field of fields) {
        const key = keyOfAlias(field.key);
        if (key < 0) continue;
        for (const leaf of byKey.get(key) ?? []) {
          // The kind of an object comes with the field it stands in.
          if (leaf.key !== key || overlaps(context, leaf.parent, name)) found.add(leaf.id);
        }
        if (field.object) for (const [below, inner] of field.object.byType) visit(below, inner);
      }
    };
    for (const [name, fields] of asked.byType) visit(name, fields);
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
