import {
  getNamedType,
  type GraphQLLeafType,
  type GraphQLOutputType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { AskedField, AskedObject, CheckRun } from '../answer-shape.ts';
import { isAny } from '../check-leaf.ts';
import type { DataObject } from '../field-failure.ts';
import type { GeneratedCode } from '../generate.ts';
import { behind, endOfBoolean, endOfFloat, endOfId, endOfInt, endOfNull } from './tokens.ts';
import { endOfScalar, endOfString, valueAt } from './tokens.ts';

/**
 * Reads an object as it is expected: the fields asked for and no other, in their order, without white space, each leaf as its
 * type wants it. Leaves become offsets. Undefined where it is anything else, which may be valid all the same.
 */
export type ReadObject = (bytes: Buffer, at: number, run: CheckRun) => DataObject | undefined;

/**
 * What generated readers share: where the last object that was read ends, and the items of lists being read. A list is made once
 * its length is known: one that grows has room for seventeen items from the first on.
 */
export const readerHead = 'let at=0,top=0;const items=[];';

/** An object that no reader is generated for. */
export class NotReadable extends Error {}

/** Fields that are added later for which an object has room at most. */
const MOST_ROOM = 32;

const readers: Readonly<Record<string, (bytes: Buffer, from: number) => number>> = {
  String: endOfString,
  ID: endOfId,
  Int: endOfInt,
  Float: endOfFloat,
  Boolean: endOfBoolean,
};

/** Keys of the fields that are added to objects after they were read, by the objects' type. */
export type AddedKeys = ReadonlyMap<string, ReadonlySet<string>>;

/** Generates the readers of one step. */
export class ReaderGenerator {
  readonly #code: GeneratedCode;
  readonly #added: AddedKeys;

  constructor(code: GeneratedCode, added: AddedKeys) {
    this.#code = code;
    this.#added = added;
  }

  /** Generates `(bytes, at, run)`; throws NotReadable. */
  object(asked: AskedObject): string {
    return this.#code.once('read', asked, () => this.#make(asked));
  }

  #make(asked: AskedObject): string {
    const kinds = [...asked.byType];
    if (asked.fixedType !== null) {
      const [kind] = kinds;
      if (!kind) throw new NotReadable();
      return this.#code.add('s,p,run', this.#fields(asked, kind[0], kind[1], '{'));
    }
    const bodies = kinds.map(([name, fields]) => {
      if (fields[0]?.key !== '__typename') throw new NotReadable();
      const begin = `{"__typename":${JSON.stringify(name)}`;
      const body = this.#fields(asked, name, fields, begin);
      return `if(${isHere(`${begin}${fields.length === 1 ? '}' : ','}`)}){${body}}`;
    });
    return this.#code.add('s,p,run', `${bodies.join('')}return undefined;`);
  }

  /** Statements that read an object of one type; `begin` is the text it begins with, which may hold the first field. */
  #fields(asked: AskedObject, typeName: string, fields: readonly AskedField[], begin: string): string {
    const left = begin === '{' ? fields : fields.slice(1);
    let before = begin;
    let text = '';
    for (const [index, field] of left.entries()) {
      if (field.key === '__proto__') throw new NotReadable();
      before += `${before === '{' ? '' : ','}${JSON.stringify(field.key)}:`;
      if (field.name === '__typename') {
        if (field.key !== '__typename') throw new NotReadable();
        before += JSON.stringify(typeName);
        continue;
      }
      const value = `a${index}`;
      text += `${skip(before)}let ${value}=p;${this.#value(field, field.type, value, 0)}`;
      before = '';
    }
    text += skip(`${before}}`);
    const { attestationField } = asked;
    const attested = left.findIndex(({ key }) => key === attestationField);
    if (attested >= 0) {
      const value = `a${attested}===null?null:${this.#code.constant(valueAt)}(s,a${attested})`;
      text += `if(!run.attest(${JSON.stringify(typeName)},${value}))return undefined;`;
    }
    const parts = fields.map(({ key, name }) =>
      name === '__typename'
        ? `__typename:${JSON.stringify(typeName)}`
        : `${JSON.stringify(key)}:a${left.findIndex((each) => each.key === key)}`,
    );
    return `${text}at=p;return {${[...parts, ...this.#room(typeName, fields)].join(',')}};`;
  }

  /** What is added later has its room in the object: V8 would make another object of it for every field. */
  #room(typeName: string, fields: readonly AskedField[]): readonly string[] {
    const here = new Set(fields.map(({ key }) => key));
    const later = [...(this.#added.get(typeName) ?? [])].filter(
      (key) => !here.has(key) && key !== '__proto__',
    );
    return later.slice(0, MOST_ROOM).map((key) => `${JSON.stringify(key)}:undefined`);
  }

  /** Statements that turn the variable, an offset, into what stands in the data tree, and go on behind it. */
  #value(field: AskedField, type: GraphQLOutputType, value: string, depth: number): string {
    if (isNonNullType(type)) return this.#present(field, type.ofType, value, depth);
    const present = this.#present(field, type, value, depth);
    return `if(s[p]===110){if((p=${this.#code.constant(endOfNull)}(s,p))<0)return undefined;${value}=null;}else{${present}}`;
  }

  #present(field: AskedField, type: GraphQLOutputType, value: string, depth: number): string {
    if (isListType(type)) {
      const [base, item] = [`${value}b${depth}`, `${value}i${depth}`];
      return `if(s[p]!==91)return undefined;const ${base}=top;
      if(s[++p]===93)p++;else for(;;){let ${item}=p;${this.#value(field, type.ofType, item, depth + 1)}
      items[top++]=${item};if(s[p]===44)p++;else if(s[p]===93){p++;break;}else return undefined;}
      ${value}=items.slice(${base},top);top=${base};`;
    }
    const named = getNamedType(type);
    if (isLeafType(named)) return this.#leaf(field, named, value);
    if (!field.object) throw new NotReadable();
    const read = this.object(field.object);
    return `${value}=${read}(s,p,run);if(${value}===undefined)return undefined;p=at;`;
  }

  #leaf(field: AskedField, type: GraphQLLeafType, value: string): string {
    if (isEnumType(type)) {
      const members = this.#code.constant(new Members(type.getValues().map(({ name }) => name)));
      return `if((p=${members}.end(s,p))<0)return undefined;`;
    }
    const read = Object.hasOwn(readers, type.name) ? readers[type.name] : undefined;
    const end = `if((p=${this.#code.constant(read ?? endOfScalar)}(s,p))<0)return undefined;`;
    if (read !== undefined || field.leafCheck === isAny) return end;
    return `${end}if(!${this.#code.constant(field.leafCheck)}(${this.#code.constant(valueAt)}(s,${value})))return undefined;`;
  }
}

/** Goes on behind a text that must stand here. */
function skip(text: string): string {
  return text === '' ? '' : `if(!(${isHere(text)}))return undefined;p+=${Buffer.byteLength(text)};`;
}

/** An expression: whether a text stands here. */
function isHere(text: string): string {
  return [...Buffer.from(text)].map((byte, at) => `s[p${at === 0 ? '' : `+${at}`}]===${byte}`).join('&&');
}

/** The members of an enum as JSON text. */
class Members {
  readonly #byLength: (Buffer[] | undefined)[] = [];

  constructor(names: readonly string[]) {
    for (const name of names) (this.#byLength[name.length + 2] ??= []).push(Buffer.from(`"${name}"`));
  }

  /** Behind a member; -1 where there is none. */
  end(bytes: Buffer, from: number): number {
    const end = endOfString(bytes, from);
    for (const each of this.#byLength[end - from] ?? []) if (behind(bytes, from, each) >= 0) return end;
    return -1;
  }
}
