import type { AskedEntity, GroupRequest } from '../build-request.ts';
import type { DataObject } from '../field-failure.ts';
import type { Attesting } from '../take-answer.ts';
import type { AnswerBytes } from './answer-bytes.ts';
import type { ByteGroup, ByteStep } from './byte-code.ts';
import { behind, endOfNull } from './tokens.ts';

const BEGIN = Buffer.from('{"data":');
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const CLOSED_OBJECT = 0x7d;
const CLOSED_LIST = 0x5d;
/** White space of JSON, which some servers leave at the end. */
const spaces: ReadonlySet<number | undefined> = new Set(Buffer.from(' \t\r\n'));

/**
 * Reads the answer that was added last, and checks it as `takeAnswer` does; each leaf becomes its offset. Undefined for an
 * answer that brings errors or extensions, is wrong, or is merely unusual: it must be parsed to know.
 */
export function readAnswer(
  step: ByteStep,
  groups: readonly GroupRequest[],
  answers: AnswerBytes,
  from: number,
  run: Attesting,
): DataObject | undefined {
  const { bytes } = answers;
  const begin = behind(bytes, from, BEGIN);
  if (begin < 0) return undefined;
  const reading = new Reading(step, answers, begin, run);
  step.begin();
  const data = step.root ? reading.root(step.root) : reading.groups(groups);
  if (data === undefined || bytes[reading.at] !== CLOSED_OBJECT) return undefined;
  let end = reading.at + 1;
  while (spaces.has(bytes[end])) end += 1;
  return end === answers.length - 1 ? data : undefined;
}

class Reading {
  at: number;
  readonly #step: ByteStep;
  readonly #answers: AnswerBytes;
  readonly #run: Attesting;

  constructor(step: ByteStep, answers: AnswerBytes, at: number, run: Attesting) {
    this.#step = step;
    this.#answers = answers;
    this.at = at;
    this.#run = run;
  }

  root(read: NonNullable<ByteStep['root']>): DataObject | undefined {
    const data = read(this.#answers.bytes, this.at, this.#run);
    this.at = this.#step.end();
    return data;
  }

  /** The lists of entities in the order asked; no other and none missing. */
  groups(groups: readonly GroupRequest[]): DataObject | undefined {
    const { bytes } = this.#answers;
    const data: DataObject = {};
    for (let index = 0; index < groups.length; index += 1) {
      if (bytes[this.at] !== (index === 0 ? OPEN_OBJECT : COMMA)) return undefined;
      const code = this.#step.groups[index] as ByteGroup;
      const { entities, group } = groups[index] as GroupRequest;
      this.at = behind(bytes, this.at + 1, code.label);
      const list = this.at < 0 ? undefined : this.#entities(code, entities);
      if (list === undefined) return undefined;
      data[group.responseKey] = list;
    }
    if (bytes[this.at] !== CLOSED_OBJECT) return undefined;
    this.at += 1;
    return data;
  }

  #entities(code: ByteGroup, entities: readonly AskedEntity[]): (DataObject | null)[] | undefined {
    const { bytes } = this.#answers;
    const list: (DataObject | null)[] = [];
    for (let index = 0; index < entities.length; index += 1) {
      if (index > 0) {
        if (bytes[this.at] !== COMMA) return undefined;
        this.at += 1;
      }
      const isThere = bytes[this.at] === OPEN_OBJECT;
      const value = isThere ? this.#entity(code, entities[index] as AskedEntity) : null;
      if (value === undefined) return undefined;
      if (!isThere) this.at = endOfNull(bytes, this.at);
      if (this.at < 0) return undefined;
      list.push(value);
    }
    if (bytes[this.at] !== CLOSED_LIST) return undefined;
    this.at += 1;
    return list;
  }

  /** An entity answers who was asked for: the key that it repeats is that of the object it belongs to. */
  #entity(code: ByteGroup, { representation, targets }: AskedEntity): DataObject | undefined {
    const target = targets[0] as DataObject;
    const kind = code.kinds.get(target['__typename'] as string);
    if (!kind) return undefined;
    this.#run.key = representation;
    const value = kind.read(this.#answers.bytes, this.at, this.#run);
    if (value === undefined) return undefined;
    this.at = this.#step.end();
    for (const { at, of } of kind.echoed) {
      const [told, sent] = [of(value), kind.sent[at]?.(target)];
      if (typeof told !== 'number' || typeof sent !== 'number' || !this.#answers.areAlike(told, sent))
        return undefined;
    }
    return value;
  }
}
