import { type DataObject, FieldFailure } from './field-failure.ts';
import { collectTargets } from './merge-answer.ts';
import type { EntityGroup, EntityKind, NeededPath, Step } from './step.ts';

/** One entity of a request: what is sent, and every object of the data tree its answer belongs to. */
export interface AskedEntity {
  readonly kind: EntityKind;
  readonly representation: DataObject;
  readonly targets: DataObject[];
}

/** One `_entities` list as it is sent. */
export interface GroupRequest {
  readonly group: EntityGroup;
  readonly entities: readonly AskedEntity[];
  /** The list as JSON text. */
  readonly text: string;
  /** Objects that cannot be asked for because a part of what is sent for them failed. */
  readonly lost: readonly {
    readonly kind: EntityKind;
    readonly target: DataObject;
    readonly failure: FieldFailure;
  }[];
}

/** Gathers the entities that some paths of one list lead to; equal representations are sent once. */
export function gatherGroup(
  group: EntityGroup,
  paths: readonly NeededPath[],
  root: DataObject,
): GroupRequest {
  const byText = new Map<string, AskedEntity>();
  const lost: { kind: EntityKind; target: DataObject; failure: FieldFailure }[] = [];
  for (const path of paths) {
    for (const target of collectTargets(root, path.segments)) {
      const typeName = target['__typename'];
      const kind = typeof typeName === 'string' ? group.kinds.get(typeName) : undefined;
      if (!kind) continue;
      const representation = kind.represent(target);
      if (representation === null) continue;
      if (representation instanceof FieldFailure) {
        lost.push({ kind, target, failure: representation });
        continue;
      }
      const text = JSON.stringify(representation);
      const known = byText.get(text);
      if (known) known.targets.push(target);
      else byText.set(text, { kind, representation, targets: [target] });
    }
  }
  return { group, entities: [...byText.values()], text: `[${[...byText.keys()].join(',')}]`, lost };
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
    for (const kind of new Set(entities.map((entity) => entity.kind))) {
      for (const leaf of kind.leaves) leaves.add(leaf);
    }
  }
  return [...leaves].sort((a, b) => a - b);
}
