import type { AskedEntity, GroupRequest } from '../build-request.ts';
import type { DataObject } from '../field-failure.ts';
import type { Found, GroupCode } from '../step-code.ts';
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
  const gathering = new Gathering(context);
  for (const path of paths) gathering.addAll(path, root);
  return gathering.isWhole ? gathering : null;
}

/**
 * Numbers of entities, one more each, by what their keys hash to; zero for none. One table for all: whoever gathers does nothing
 * else meanwhile.
 */
let table = new Int32Array(1024);
const SMALLEST_TABLE = 64;

class Gathering implements GroupRequest, Found {
  readonly group: EntityGroup;
  readonly entities: AskedEntity[] = [];
  readonly lost = [];
  /** False once a part of what is sent was not there. */
  isWhole = true;
  readonly #code: GroupCode;
  readonly #byteCode: ByteGroup;
  readonly #answers: AnswerBytes;
  #mask = SMALLEST_TABLE - 1;
  #bit = 0;
  /** The type of the last target, mostly that of the next. */
  #typeName = '';
  #kind: ByteKind | undefined;
  #text = '';

  constructor({ group, code, byteCode, answers }: GatherContext) {
    this.group = group;
    this.#code = code;
    this.#byteCode = byteCode;
    this.#answers = answers;
    table.fill(0, 0, SMALLEST_TABLE);
  }

  get text(): string {
    return `[${this.#text}]`;
  }

  addAll(path: NeededPath, root: DataObject): void {
    this.#bit = bitOf(path);
    this.#code.collect[path.index]?.(root, this);
  }

  /** Takes an object at the end of the path. */
  push(target: DataObject): void {
    const typeName = target['__typename'];
    if (typeof typeName !== 'string') return;
    if (typeName !== this.#typeName) {
      this.#typeName = typeName;
      this.#kind = this.#byteCode.kinds.get(typeName);
    }
    const kind = this.#kind;
    if (!kind) return;
    const hash = this.#hash(kind, target);
    if (hash === null) return void (this.isWhole = false);
    let at = hash & this.#mask;
    for (let number = table[at] as number; number > 0; number = table[at] as number) {
      const entity = this.entities[number - 1] as AskedEntity;
      if (entity.kind === kind.kind && this.#areAlike(kind, entity.targets[0] as DataObject, target)) {
        entity.targets.push(target);
        entity.paths |= this.#bit;
        return;
      }
      at = (at + 1) & this.#mask;
    }
    this.#add(kind, target);
    table[at] = this.entities.length;
    if (this.entities.length * 2 > this.#mask) this.#widen();
  }

  #hash({ sent }: ByteKind, target: DataObject): number | null {
    let hash = 0;
    for (const read of sent) {
      const offset = read(target);
      if (typeof offset !== 'number') return null;
      hash = this.#answers.hashAt(offset, hash);
    }
    return hash ^ (hash >>> 15);
  }

  /** Twice the table, with every entity where it belongs in it. */
  #widen(): void {
    const size = (this.#mask + 1) * 2;
    if (table.length < size) table = new Int32Array(size);
    table.fill(0, 0, size);
    this.#mask = size - 1;
    for (const [index, { targets }] of this.entities.entries()) {
      const target = targets[0] as DataObject;
      const kind = this.#byteCode.kinds.get(target['__typename'] as string) as ByteKind;
      let at = (this.#hash(kind, target) as number) & this.#mask;
      while (table[at] !== 0) at = (at + 1) & this.#mask;
      table[at] = index + 1;
    }
  }

  #areAlike({ sent }: ByteKind, one: DataObject, other: DataObject): boolean {
    for (const read of sent)
      if (!this.#answers.areAlike(read(one) as number, read(other) as number)) return false;
    return true;
  }

  #add(kind: ByteKind, target: DataObject): void {
    const texts = kind.sent.map((read) => this.#answers.textAt(read(target) as number));
    const written = kind.write(texts);
    this.#text += this.#text === '' ? written : `,${written}`;
    this.entities.push({
      kind: kind.kind,
      code: this.#code.kinds.get(this.#typeName) ?? null,
      representation: kind.make(texts),
      targets: [target],
      paths: this.#bit,
      lost: null,
    });
  }
}
