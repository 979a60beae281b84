import { type DataObject, FieldFailure } from './field-failure.ts';
import { collectTargets } from './merge-answer.ts';
import { bitOf, type EntityGroup, type EntityKind, type NeededPath, type Step } from './step.ts';

/** One entity of a request: what is sent, and every object of the data tree its answer belongs to. */
export interface AskedEntity {
  readonly kind: EntityKind;
  readonly representation: DataObject;
  readonly targets: DataObject[];
  /** The paths it stands on, one bit each. */
  paths: number;
  /** Fields that fail whatever is answered, because something they require failed. */
  readonly lost: ReadonlyMap<string, FieldFailure> | null;
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
  const salvaged: AskedEntity[] = [];
  const lost: { kind: EntityKind; target: DataObject; failure: FieldFailure }[] = [];
  for (const path of paths) {
    const bit = bitOf(path);
    for (const target of collectTargets(root, path.segments)) {
      const typeName = target['__typename'];
      const kind = typeof typeName === 'string' ? group.kinds.get(typeName) : undefined;
      if (!kind) continue;
      const representation = kind.represent(target);
      if (representation === null) continue;
      if (representation instanceof FieldFailure) {
        const saved = kind.salvage(target);
        if (saved) salvaged.push({ kind, targets: [target], paths: bit, ...saved });
        else lost.push({ kind, target, failure: representation });
        continue;
      }
      const text = JSON.stringify(representation);
      const known = byText.get(text);
      if (known) {
        known.targets.push(target);
        known.paths |= bit;
      } else {
        byText.set(text, { kind, representation, targets: [target], paths: bit, lost: null });
      }
    }
  }
  const texts = [...byText.keys(), ...salvaged.map((each) => JSON.stringify(each.representation))];
  return { group, entities: [...byText.values(), ...salvaged], text: `[${texts.join(',')}]`, lost };
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
