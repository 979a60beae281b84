import { type DataObject, FieldFailure } from './field-failure.ts';
import { collectTargets } from './merge-answer.ts';
import type { GroupCode, KindCode } from './step-code.ts';
import { bitOf, type EntityGroup, type EntityKind, type NeededPath, type Step } from './step.ts';

/** One entity of a request: what is sent, and every object of the data tree its answer belongs to. */
export interface AskedEntity {
  readonly kind: EntityKind;
  readonly code: KindCode | null;
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
  code: GroupCode | null,
): GroupRequest {
  const gathering = new Gathering(group, code);
  for (const path of paths) {
    const bit = bitOf(path);
    const targets = targetsAt(path, root, code);
    const isAlone = targets.length === 1 && paths.length === 1;
    for (const target of targets) gathering.add(target, bit, isAlone);
  }
  return gathering;
}

function targetsAt(path: NeededPath, root: DataObject, code: GroupCode | null): readonly DataObject[] {
  const found: DataObject[] = [];
  if (code) code.collect[path.index]?.(root, found);
  else collectTargets(root, path.segments, found);
  return found;
}

class Gathering implements GroupRequest {
  readonly group: EntityGroup;
  readonly entities: AskedEntity[] = [];
  readonly lost: { kind: EntityKind; target: DataObject; failure: FieldFailure }[] = [];
  readonly #code: GroupCode | null;
  /** Entities that may be asked for again; made when there is one. */
  #byText: Map<string, AskedEntity> | undefined;
  /** The same by one field, before any text is written: the first entity with that value. */
  #byValue: Map<string, AskedEntity> | undefined;
  #text = '';
  /** The type of the last target, mostly that of the next. */
  #typeName = '';
  #kind: EntityKind | undefined;
  #kindCode: KindCode | null = null;

  constructor(group: EntityGroup, code: GroupCode | null) {
    this.group = group;
    this.#code = code;
  }

  get text(): string {
    return `[${this.#text}]`;
  }

  /** `isAlone` tells that no other target follows. */
  add(target: DataObject, bit: number, isAlone: boolean): void {
    const typeName = target['__typename'];
    if (typeof typeName !== 'string') return;
    if (typeName !== this.#typeName) this.#turnTo(typeName);
    const kind = this.#kind;
    const code = this.#kindCode;
    if (!kind) return;
    const generated = code?.representation ?? null;
    const value = generated?.first(target);
    const near = typeof value === 'string' ? this.#byValue?.get(value) : undefined;
    if (near?.kind === kind && (generated?.isOnly || generated?.same(target, near.representation))) {
      return join(near, target, bit);
    }
    const text = generated?.text(target);
    const representation = text === undefined ? kind.represent(target) : (generated?.make(target) ?? null);
    if (representation === null) return;
    if (representation instanceof FieldFailure) return this.#salvage(target, kind, code, bit, representation);
    const written = text ?? JSON.stringify(representation);
    // Where that field is all there is, what is not near is new.
    const isNew = generated?.isOnly === true && typeof value === 'string' && this.group.kinds.size === 1;
    const known = isNew ? undefined : this.#byText?.get(written);
    if (known) return join(known, target, bit);
    const entity = { kind, code, representation, targets: [target], paths: bit, lost: null };
    this.#push(entity, written);
    if (isAlone) return;
    if (typeof value === 'string' && !near) (this.#byValue ??= new Map()).set(value, entity);
    if (!isNew) (this.#byText ??= new Map()).set(written, entity);
  }

  #turnTo(typeName: string): void {
    this.#typeName = typeName;
    this.#kindCode = this.#code?.kinds.get(typeName) ?? null;
    this.#kind = this.#kindCode?.kind ?? this.group.kinds.get(typeName);
  }

  /** A part of what is sent failed: what does not need it is asked nevertheless, for this object alone. */
  #salvage(
    target: DataObject,
    kind: EntityKind,
    code: KindCode | null,
    bit: number,
    failure: FieldFailure,
  ): void {
    const saved = kind.salvage(target);
    if (!saved) return void this.lost.push({ kind, target, failure });
    this.#push({ kind, code, targets: [target], paths: bit, ...saved }, JSON.stringify(saved.representation));
  }

  #push(entity: AskedEntity, written: string): void {
    this.entities.push(entity);
    this.#text += this.#text === '' ? written : `,${written}`;
  }
}

function join(entity: AskedEntity, target: DataObject, bit: number): void {
  entity.targets.push(target);
  entity.paths |= bit;
}

/** The body of a request; `variables` are the operation's own, already JSON text by name. */
export function bodyOf(
  step: Step,
  groups: readonly GroupRequest[],
  variables: Readonly<Record<string, unknown>>,
): string {
  let text = step.bodyHead;
  let between = '';
  for (const request of groups) {
    text += `${between}"${request.group.variable}":${request.text}`;
    between = ',';
  }
  for (const name of step.variables) {
    if (!Object.hasOwn(variables, name)) continue;
    text += `${between}"${name}":${JSON.stringify(variables[name])}`;
    between = ',';
  }
  return `${text}}}`;
}

/** The representations of a request. */
export function keysOf(groups: readonly GroupRequest[]): readonly DataObject[] {
  const keys: DataObject[] = [];
  for (const { entities } of groups) for (const { representation } of entities) keys.push(representation);
  return keys;
}

/** Ids of the leaves a request asks for: those of the kinds that are really in it. */
export function leavesOf(step: Step, groups: readonly GroupRequest[]): readonly number[] {
  if (step.root) return step.root.leaves;
  const [group] = groups;
  const [entity] = group?.entities ?? [];
  if (entity && groups.length === 1 && group?.entities.length === 1) return entity.kind.leaves(entity.paths);
  const leaves = new Set<number>();
  for (const { entities } of groups) {
    const paths = new Map<EntityKind, number>();
    for (const each of entities) paths.set(each.kind, (paths.get(each.kind) ?? 0) | each.paths);
    for (const [kind, bits] of paths) for (const leaf of kind.leaves(bits)) leaves.add(leaf);
  }
  return [...leaves].sort((a, b) => a - b);
}
