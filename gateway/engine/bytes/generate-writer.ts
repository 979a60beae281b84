import {
  getNamedType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { isWhole, type SelectionLists, SelectionNames, selectedOn, typeOfField } from '../answered.ts';
import { GeneratedCode, member } from '../generate.ts';
import type { PrunedSelection } from '../prune-refused.ts';
import { concreteNames } from '../concrete-names.ts';
import { aliasOf } from '../shape.ts';
import type { AnswerBytes } from './answer-bytes.ts';
import { copyId, copyToken } from './copy-tokens.ts';
import { type Write, writeOut } from './output.ts';

/**
 * The answer of a tree of offsets under the client's names, as JSON text in UTF-8; undefined where anything is to be told to the
 * client or is not as the schema wants it, which the writer of values then does.
 */
export type ByteWriter = (root: unknown, answers: AnswerBytes) => Buffer | undefined;

/** What stands in an answer before its data, and behind it. */
const BEGIN = '{"data":';
const END = ',"extensions":{';

/**
 * Generates the byte writer; null for operations of which the general writer alone can answer a part. `full` is the schema that
 * sources answer by.
 */
export function generateByteWriter(
  schemas: { readonly publicSchema: GraphQLSchema; readonly fullSchema: GraphQLSchema },
  rootType: string,
  selections: readonly PrunedSelection[],
  names: readonly string[],
): ByteWriter | null {
  if (!isWhole(selections)) return null;
  const generator = new ByteGenerator(schemas.publicSchema, schemas.fullSchema, names);
  const root = generator.object(rootType, [selections]);
  return generator.isAble ? generator.build(root) : null;
}

class ByteGenerator {
  /** False where a member of an enum may be hidden from the client: its text would have to be looked at. */
  isAble = true;
  readonly #schema: GraphQLSchema;
  readonly #full: GraphQLSchema;
  readonly #names: readonly string[];
  readonly #code = new GeneratedCode();
  readonly #known = new Map<string, string>();
  readonly #selections = new SelectionNames();

  constructor(schema: GraphQLSchema, full: GraphQLSchema, names: readonly string[]) {
    this.#schema = schema;
    this.#full = full;
    this.#names = names;
  }

  /** `bad` is set by whatever this writer cannot answer; `o` is written to, `s` holds what the offsets are of. */
  build(root: string): ByteWriter {
    const write = this.#code.add(
      'v,bytes,out',
      `bad=false;s=bytes;o=out;let q=0;${put(BEGIN)}q=${root}(v,q);${put(END)}return bad?-1:q;`,
    );
    const written = this.#code.build(write, 'let bad=false,s,o;') as Write;
    return (tree, answers) => writeOut(written, tree, answers);
  }

  /** Generates `(object, q)`, which gives where what follows is written. */
  object(typeName: string, lists: SelectionLists): string {
    const identity = this.#selections.of(typeName, lists);
    const known = this.#known.get(identity);
    if (known !== undefined) return known;
    const head = `if(typeof v!=='object'||Array.isArray(v)){bad=true;return q;}`;
    const bodies = concreteNames(this.#schema, typeName).map(
      (name) => [name, this.#body(name, lists)] as const,
    );
    const cases = bodies.map(([name, body]) => `case ${JSON.stringify(name)}:{${body}}`).join('');
    const isFixed = isObjectType(this.#schema.getType(typeName));
    const body = isFixed ? (bodies[0]?.[1] ?? '') : `switch(v.__typename){${cases}}bad=true;return q;`;
    const name = this.#code.add('v,q', `${head}${body}`);
    this.#known.set(identity, name);
    return name;
  }

  #body(typeName: string, lists: SelectionLists): string {
    let text = '';
    let before = '{';
    let count = 0;
    for (const [key, all] of selectedOn(this.#schema, typeName, lists)) {
      before += `${count === 0 ? '' : ','}${JSON.stringify(this.#names[key] ?? '')}:`;
      const fields = all.filter((each) => each.kind === 'field');
      const [field] = fields;
      const value = `a${count}`;
      count += 1;
      if (!field) {
        before += JSON.stringify(typeName);
        continue;
      }
      const type = typeOfField(this.#schema, typeName, field.name) ?? field.type;
      const below = fields.flatMap((each) => (each.selections ? [each.selections] : []));
      text += `${put(before)}const ${value}=${member('v', aliasOf(field.slot))};${this.#value(type, below, value, 0)}`;
      before = '';
    }
    return `${text}${put(`${before}}`)}return q;`;
  }

  /** Statements that write what the variable holds. */
  #value(type: GraphQLOutputType, below: SelectionLists, value: string, depth: number): string {
    const isRequired = isNonNullType(type);
    const bare = isRequired ? type.ofType : type;
    const absent = isRequired ? 'bad=true;' : put('null');
    return `if(${value}==null){${absent}}else{${this.#present(bare, below, value, depth)}}`;
  }

  #present(type: GraphQLOutputType, below: SelectionLists, value: string, depth: number): string {
    if (isListType(type)) {
      const [index, item] = [`i${depth}`, `${value}_${depth}`];
      return `if(!Array.isArray(${value})){bad=true;return q;}o[q++]=91;
        for(let ${index}=0;${index}<${value}.length;${index}++){if(${index}>0)o[q++]=44;const ${item}=${value}[${index}];
        ${this.#value(type.ofType, below, item, depth + 1)}}o[q++]=93;`;
    }
    const named = getNamedType(type);
    if (below.length > 0) return `q=${this.object(named.name, below)}(${value},q);`;
    this.#isAsAsked(named);
    const copy = this.#code.constant(isScalarType(named) && named.name === 'ID' ? copyId : copyToken);
    return `if(typeof ${value}!=='number'){bad=true;return q;}q=${copy}(s,${value},o,q);`;
  }

  #isAsAsked(type: GraphQLNamedType): void {
    const full = this.#full.getType(type.name);
    if (!isEnumType(type) || !isEnumType(full)) return;
    if (full.getValues().length !== type.getValues().length) this.isAble = false;
  }
}

/** Statements that write a text that is always the same. */
function put(text: string): string {
  const bytes = [...Buffer.from(text)];
  return `${bytes.map((byte, at) => `o[q${at === 0 ? '' : `+${at}`}]=${byte};`).join('')}q+=${bytes.length};`;
}
