import { type AskedEntity, type GroupRequest, targetsAt } from '../build-request.ts';
import type { DataObject } from '../field-failure.ts';
import type { GroupCode } from '../step-code.ts';
import { bitOf, type EntityGroup, type NeededPath } from '../step.ts';
import type { AnswerBytes } from './answer-bytes.ts';
import type { ByteGroup, ByteKind } from './byte-code.ts';

/** What gathering the entities of one list needs. */
export interface GatherContext {
  readonly group: EntityGroup;
  readonly code: GroupCode;
  readonly byteCode: ByteGroup;
  readonly answers: AnswerBytes;
}

/**
 * Gathers entities as `gatherGroup` does, from a data tree of offsets; null where an object lacks a part of what is sent for it,
 * of which values must be known.
 */
export function gatherOffsets(
  context: GatherContext,
  paths: readonly NeededPath[],
  root: DataObject,
): GroupRequest | null {
  const found = paths.map((path) => targetsAt(path, root, context.code));
  const gathering = new Gathering(
    context,
    found.reduce((sum, { length }) => sum + length, 0),
  );
  for (const [index, targets] of found.entries()) {
    const bit = bitOf(paths[index] as NeededPath);
    for (const target of targets) if (!gathering.add(target, bit)) return null;
  }
  return gathering;
}

/**
 * Numbers of entities, one more each, by what their keys hash to; zero for none. One table for all: whoever gathers does nothing
 * else meanwhile.
 */
let table = new Int32Array(1024);

class Gathering implements GroupRequest {
  readonly group: EntityGroup;
  readonly entities: AskedEntity[] = [];
  readonly lost = [];
  readonly #code: GroupCode;
  readonly #byteCode: ByteGroup;
  readonly #answers: AnswerBytes;
  readonly #mask: number;
  /** The type of the last target, mostly that of the next. */
  #typeName = '';
  #kind: ByteKind | undefined;
  #text = '';

  constructor({ group, code, byteCode, answers }: GatherContext, mostTargets: number) {
    this.group = group;
    this.#code = code;
    this.#byteCode = byteCode;
    this.#answers = answers;
    let size = 16;
    while (size < mostTargets * 2) size *= 2;
    if (table.length < size) table = new Int32Array(size);
    table.fill(0, 0, size);
    this.#mask = size - 1;
  }

  get text(): string {
    return `[${this.#text}]`;
  }

  /** False where a part of what is sent is not there. */
  add(target: DataObject, bit: number): boolean {
    const typeName = target['__typename'];
    if (typeof typeName !== 'string') return true;
    if (typeName !== this.#typeName) {
      this.#typeName = typeName;
      this.#kind = this.#byteCode.kinds.get(typeName);
    }
    const kind = this.#kind;
    if (!kind) return true;
    let hash = 0;
    for (const read of kind.sent) {
      const offset = read(target);
      if (typeof offset !== 'number') return false;
      hash = this.#answers.hashAt(offset, hash);
    }
    let at = (hash ^ (hash >>> 15)) & this.#mask;
    for (let number = table[at] as number; number > 0; number = table[at] as number) {
      const entity = this.entities[number - 1] as AskedEntity;
      if (entity.kind === kind.kind && this.#areAlike(kind, entity.targets[0] as DataObject, target)) {
        entity.targets.push(target);
        entity.paths |= bit;
        return true;
      }
      at = (at + 1) & this.#mask;
    }
    this.#push(kind, target, bit);
    table[at] = this.entities.length;
    return true;
  }

  #areAlike({ sent }: ByteKind, one: DataObject, other: DataObject): boolean {
    for (const read of sent)
      if (!this.#answers.areAlike(read(one) as number, read(other) as number)) return false;
    return true;
  }

  #push(kind: ByteKind, target: DataObject, bit: number): void {
    const texts = kind.sent.map((read) => this.#answers.textAt(read(target) as number));
    const written = kind.write(texts);
    this.#text += this.#text === '' ? written : `,${written}`;
    this.entities.push({
      kind: kind.kind,
      code: this.#code.kinds.get(this.#typeName) ?? null,
      representation: kind.make(texts),
      targets: [target],
      paths: bit,
      lost: null,
    });
  }
}
