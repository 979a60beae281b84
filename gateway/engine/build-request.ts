import { type DataObject } from './field-failure.ts';
import { collectTargets } from './merge-answer.ts';
import { bitOf, type EntityGroup, type EntityKind, type NeededPath, type Step } from './step.ts';

/** One entity of a request: what is sent, and every object of the data tree its answer belongs to. */
export interface AskedEntity {
  readonly kind: EntityKind;
  readonly representation: DataObject;
  readonly targets: DataObject[];
  /** The paths it stands on, one bit each. */
  paths: number;
}

/** One `_entities` list as it is sent. */
export interface GroupRequest {
  readonly group: EntityGroup;
  readonly entities: readonly AskedEntity[];
  /** The list as JSON text. */
  readonly text: string;
  /** Objects that cannot be asked for because a part of their key is missing. */
  readonly keyless: readonly { readonly kind: EntityKind; readonly target: DataObject }[];
}

/** Gathers the entities that some paths of one list lead to; equal representations are sent once. */
export function gatherGroup(
  group: EntityGroup,
  paths: readonly NeededPath[],
  root: DataObject,
): GroupRequest {
  const byText = new Map<string, AskedEntity>();
  const keyless: { kind: EntityKind; target: DataObject }[] = [];
  for (const path of paths) {
    const bit = bitOf(path);
    for (const target of collectTargets(root, path.segments)) {
      const typeName = target['__typename'];
      const kind = typeof typeName === 'string' ? group.kinds.get(typeName) : undefined;
      if (!kind) continue;
      const representation = kind.represent(target);
      if (!representation) {
        keyless.push({ kind, target });
        continue;
      }
      const text = JSON.stringify(representation);
      const known = byText.get(text);
      if (known) {
        known.targets.push(target);
        known.paths |= bit;
      } else {
        byText.set(text, { kind, representation, targets: [target], paths: bit });
      }
    }
  }
  return { group, entities: [...byText.values()], text: `[${[...byText.keys()].join(',')}]`, keyless };
}

/** The body of a request; `variables` are the operation's own, already JSON text by name. */
export function bodyOf(
  step: Step,
  groups: readonly GroupRequest[],
  variables: Readonly<Record<string, unknown>>,
): string {
  const parts = groups.map(({ group, text }) => `"${group.variable}":${text}`);
  for (const name of step.variables) {
    if (Object.hasOwn(variables, name)) parts.push(`"${name}":${JSON.stringify(variables[name])}`);
  }
  return `${step.bodyHead}${parts.join(',')}}}`;
}

/** Ids of the leaves a request asks for: those of the kinds that are really in it. */
export function leavesOf(step: Step, groups: readonly GroupRequest[]): readonly number[] {
  if (step.root) return step.root.leaves;
  const leaves = new Set<number>();
  for (const { entities } of groups) {
    const paths = new Map<EntityKind, number>();
    for (const entity of entities) paths.set(entity.kind, (paths.get(entity.kind) ?? 0) | entity.paths);
    for (const [kind, bits] of paths) for (const leaf of kind.leaves(bits)) leaves.add(leaf);
  }
  return [...leaves].sort((a, b) => a - b);
}
