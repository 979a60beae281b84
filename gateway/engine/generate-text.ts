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
import { isWhole, type SelectionLists, SelectionNames, selectedOn, typeOfField } from './answered.ts';
import { FieldFailure } from './field-failure.ts';
import { GeneratedCode, member } from './generate.ts';
import type { PrunedSelection } from './prune-refused.ts';
import { quote } from './quote.ts';
import { concreteNames } from './concrete-names.ts';
import { aliasOf } from './shape.ts';

/**
 * The answer of a data tree under the client's names, as JSON text; undefined where anything is to be told to the client or
 * is not as the schema wants it, which the writer then does.
 */
export type TextWriter = (root: unknown) => string | undefined;

/**
 * Generates the text writer; null for operations of which the general writer alone can answer a part. `isPlain` is for trees
 * all of whose strings stand in JSON as they are ({@link SourceAnswer.isPlain}): none is looked at then.
 */
export function generateText(
  schema: GraphQLSchema,
  rootType: string,
  selections: readonly PrunedSelection[],
  names: readonly string[],
  isPlain: boolean,
): TextWriter | null {
  if (!isWhole(selections)) return null;
  const generator = new TextGenerator(schema, names, isPlain);
  return generator.build(generator.object(rootType, [selections]));
}

/** A leaf of a built-in scalar as text between two marks. */
interface Direct {
  readonly mark: '"' | '';
  /** A test that says of an expression that it is none. */
  readonly isWrong: (value: string) => string;
}

const isNoNumber = (value: string): string => `typeof ${value}!=='number'`;
/** JavaScript writes finite numbers as JSON does; an answer's numbers were checked to be finite. */
const directly: Readonly<Record<string, Direct>> = {
  String: { mark: '"', isWrong: (value) => `typeof ${value}!=='string'` },
  ID: { mark: '"', isWrong: (value) => `typeof ${value}!=='string'&&typeof ${value}!=='number'` },
  Int: { mark: '', isWrong: isNoNumber },
  Float: { mark: '', isWrong: isNoNumber },
  Boolean: { mark: '', isWrong: (value) => `typeof ${value}!=='boolean'` },
};

/** A leaf of any other kind; only what JSON.parse made comes here. */
const writeOther = (value: unknown): string => JSON.stringify(value);

class TextGenerator {
  readonly #schema: GraphQLSchema;
  readonly #names: readonly string[];
  readonly #isPlain: boolean;
  readonly #code = new GeneratedCode();
  readonly #known = new Map<string, string>();
  readonly #selections = new SelectionNames();

  constructor(schema: GraphQLSchema, names: readonly string[], isPlain: boolean) {
    this.#schema = schema;
    this.#names = names;
    this.#isPlain = isPlain;
  }

  /** `bad` is set by whatever the text writer cannot answer. */
  build(root: string): TextWriter {
    const run = this.#code.add('v', `bad=false;const r=${root}(v);return bad?undefined:r;`);
    return this.#code.build(run, 'let bad=false;') as TextWriter;
  }

  object(typeName: string, lists: SelectionLists): string {
    const identity = this.#selections.of(typeName, lists);
    const known = this.#known.get(identity);
    if (known !== undefined) return known;
    const names = concreteNames(this.#schema, typeName);
    const bodies = names.map((name) => [name, this.#body(name, lists)] as const);
    const failure = this.#code.constant(FieldFailure);
    const head = `if(typeof v!=='object'||Array.isArray(v)||v instanceof ${failure}){bad=true;return '';}`;
    const cases = bodies.map(([name, body]) => `case ${JSON.stringify(name)}:{${body}}`).join('');
    const isFixed = isObjectType(this.#schema.getType(typeName));
    const body = isFixed
      ? (bodies[0]?.[1] ?? 'bad=true;')
      : `switch(v.__typename){${cases}default:bad=true;return '';}`;
    const name = this.#code.add('v', `${head}${body}`);
    this.#known.set(identity, name);
    return name;
  }

  #body(typeName: string, lists: SelectionLists): string {
    const reads: string[] = [];
    let text = '';
    for (const [key, all] of selectedOn(this.#schema, typeName, lists)) {
      const label = `${text === '' ? '{' : ','}${JSON.stringify(this.#names[key] ?? '')}:`;
      const fields = all.filter((each) => each.kind === 'field');
      const [field] = fields;
      if (!field) {
        text += label + JSON.stringify(typeName);
        continue;
      }
      const type = typeOfField(this.#schema, typeName, field.name) ?? field.type;
      const below = fields.flatMap((each) => (each.selections ? [each.selections] : []));
      const value = `a${reads.length}`;
      const read = `let ${value}=${member('v', aliasOf(field.slot))};`;
      const direct = this.#direct(type);
      if (direct !== null) {
        reads.push(`${read}if(${direct.isWrong(value)})bad=true;`);
        text += `${label}${direct.mark}\0${value}\0${direct.mark}`;
      } else {
        reads.push(`${read}${this.#value(type, below, value, 0)}`);
        text += `${label}\0${value}\0`;
      }
    }
    return `${reads.join('')}return ${concatenation(text === '' ? '{}' : `${text}}`)};`;
  }

  /** How a leaf is written that is always there and needs no more than being put between its marks; null for others. */
  #direct(type: GraphQLOutputType): Direct | null {
    if (!isNonNullType(type) || !isScalarType(type.ofType)) return null;
    const { name } = type.ofType;
    if (!this.#isPlain && (name === 'String' || name === 'ID')) return null;
    return Object.hasOwn(directly, name) ? (directly[name] ?? null) : null;
  }

  /** Statements that turn the variable into the text of what is answered. */
  #value(type: GraphQLOutputType, below: SelectionLists, value: string, depth: number): string {
    const isRequired = isNonNullType(type);
    const bare = isRequired ? type.ofType : type;
    const absent = isRequired ? 'bad=true;' : `${value}='null';`;
    return `if(${value}==null){${absent}}else{${this.#present(bare, below, value, depth)}}`;
  }

  #present(type: GraphQLOutputType, below: SelectionLists, value: string, depth: number): string {
    if (isListType(type)) {
      const [index, item, list] = [`i${depth}`, `${value}_${depth}`, `l${depth}`];
      return `if(!Array.isArray(${value})){bad=true;}else{let ${list}='[';
        for(let ${index}=0;${index}<${value}.length;${index}++){let ${item}=${value}[${index}];
        ${this.#value(type.ofType, below, item, depth + 1)}${list}+=${index}===0?${item}:','+${item};}
        ${value}=${list}+']';}`;
    }
    const named = getNamedType(type);
    return below.length > 0
      ? `${value}=${this.object(named.name, below)}(${value});`
      : this.#leaf(named, value);
  }

  #leaf(type: GraphQLNamedType, value: string): string {
    if (isEnumType(type)) {
      // A member that the public schema hides stays hidden.
      const members = this.#code.constant(new Set(type.getValues().map(({ name }) => name)));
      return `if(${members}.has(${value}))${value}='"'+${value}+'"';else bad=true;`;
    }
    const quoted = this.#isPlain ? `'"'+${value}+'"'` : `${this.#code.constant(quote)}(${value})`;
    const failed = `${value} instanceof ${this.#code.constant(FieldFailure)}`;
    const direct = isScalarType(type) && Object.hasOwn(directly, type.name) ? directly[type.name] : undefined;
    const other = direct
      ? `'${direct.mark}'+${value}+'${direct.mark}'`
      : `${this.#code.constant(writeOther)}(${value})`;
    return `switch(typeof ${value}){case'string':${value}=${quoted};break;case'object':if(${failed}){bad=true;break;}
      default:${value}=${other};}`;
  }
}

/** An expression for text with variables in it, each between two NUL, which stands in no name and in no JSON text. */
function concatenation(text: string): string {
  return text
    .split('\0')
    .map((part, at) => (at % 2 === 1 ? part : JSON.stringify(part)))
    .filter((part) => part !== '""')
    .join('+');
}
