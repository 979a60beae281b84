import {
  getNamedType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { FieldFailure } from './field-failure.ts';
import { GeneratedCode, member } from './generate.ts';
import type { PrunedSelection } from './prune-refused.ts';
import { concreteNames } from './read-supergraph.ts';
import { aliasOf } from './shape.ts';

/**
 * The answer of a data tree under the client's names, ready for JSON.stringify; undefined where anything is to be
 * told to the client or is not as the schema wants it, which the writer then does.
 */
export type Projection = (root: unknown) => object | undefined;

type Answered = PrunedSelection & { readonly kind: 'field' | 'typename' };

/** Generates the projection; null for operations of which the writer alone can answer a part. */
export function generateProjection(
  schema: GraphQLSchema,
  rootType: string,
  selections: readonly PrunedSelection[],
  names: readonly string[],
): Projection | null {
  if (!isWhole(selections)) return null;
  const generator = new ProjectionGenerator(schema, names);
  return generator.build(generator.object(rootType, [selections]));
}

/** Nothing refused, nothing of the schema itself. */
function isWhole(selections: readonly PrunedSelection[]): boolean {
  return selections.every((each) => {
    if (each.kind === 'refused' || each.kind === 'introspection') return false;
    return each.kind === 'typename' || isWhole(each.selections ?? []);
  });
}

/** In brackets `__proto__` is a name like any other. */
function labelOf(name: string): string {
  const text = JSON.stringify(name);
  return name === '__proto__' ? `[${text}]` : text;
}

class ProjectionGenerator {
  readonly #schema: GraphQLSchema;
  readonly #names: readonly string[];
  readonly #code = new GeneratedCode();
  readonly #known = new Map<string, string>();
  readonly #ids = new Map<readonly PrunedSelection[], number>();

  constructor(schema: GraphQLSchema, names: readonly string[]) {
    this.#schema = schema;
    this.#names = names;
  }

  /** `bad` is set by whatever the projection cannot answer. */
  build(root: string): Projection {
    const run = this.#code.add('v', `bad=false;const r=${root}(v);return bad?undefined:r;`);
    return this.#code.build(run, 'let bad=false;') as Projection;
  }

  object(typeName: string, lists: readonly (readonly PrunedSelection[])[]): string {
    const identity = `${typeName} ${lists.map((list) => this.#id(list)).join(' ')}`;
    const known = this.#known.get(identity);
    if (known !== undefined) return known;
    const names = concreteNames(this.#schema, typeName);
    const bodies = names.map((name) => [name, this.#body(name, lists)] as const);
    const failure = this.#code.constant(FieldFailure);
    const head = `if(typeof v!=='object'||Array.isArray(v)||v instanceof ${failure}){bad=true;return null;}`;
    const cases = bodies.map(([name, body]) => `case ${JSON.stringify(name)}:{${body}}`).join('');
    const isFixed = isObjectType(this.#schema.getType(typeName));
    const body = isFixed
      ? (bodies[0]?.[1] ?? 'bad=true;')
      : `switch(v.__typename){${cases}default:bad=true;return null;}`;
    const name = this.#code.add('v', `${head}${body}`);
    this.#known.set(identity, name);
    return name;
  }

  #id(list: readonly PrunedSelection[]): number {
    const known = this.#ids.get(list) ?? this.#ids.size;
    this.#ids.set(list, known);
    return known;
  }

  #body(typeName: string, lists: readonly (readonly PrunedSelection[])[]): string {
    const found = new Map<number, Answered[]>();
    for (const list of lists) this.#collect(typeName, list, found);
    const reads: string[] = [];
    const parts: string[] = [];
    for (const [key, all] of found) {
      const label = labelOf(this.#names[key] ?? '');
      const fields = all.filter((each) => each.kind === 'field');
      const [field] = fields;
      if (!field) {
        parts.push(`${label}:${JSON.stringify(typeName)}`);
        continue;
      }
      const type = this.#typeOf(typeName, field.name) ?? field.type;
      const below = fields.flatMap((each) => (each.selections ? [each.selections] : []));
      const value = `a${reads.length}`;
      reads.push(`let ${value}=${member('v', aliasOf(field.slot))};${this.#value(type, below, value, 0)}`);
      parts.push(`${label}:${value}`);
    }
    return `${reads.join('')}return {${parts.join(',')}};`;
  }

  #collect(typeName: string, list: readonly PrunedSelection[], into: Map<number, Answered[]>): void {
    for (const selection of list) {
      if (selection.kind === 'typename' && !selection.isWritten) continue;
      if (selection.kind === 'narrowing') {
        const holds =
          selection.on === typeName || concreteNames(this.#schema, selection.on).includes(typeName);
        if (holds) this.#collect(typeName, selection.selections, into);
      } else if (selection.kind === 'field' || selection.kind === 'typename') {
        const known = into.get(selection.key);
        if (known) known.push(selection);
        else into.set(selection.key, [selection]);
      }
    }
  }

  #typeOf(typeName: string, field: string): GraphQLOutputType | undefined {
    const type = this.#schema.getType(typeName);
    return isObjectType(type) || isInterfaceType(type) ? type.getFields()[field]?.type : undefined;
  }

  /** Statements that turn the variable into what is answered. */
  #value(
    type: GraphQLOutputType,
    below: readonly (readonly PrunedSelection[])[],
    value: string,
    depth: number,
  ): string {
    const isRequired = isNonNullType(type);
    const bare = isRequired ? type.ofType : type;
    const absent = isRequired ? 'bad=true;' : `${value}=null;`;
    return `if(${value}==null){${absent}}else{${this.#present(bare, below, value, depth)}}`;
  }

  #present(
    type: GraphQLOutputType,
    below: readonly (readonly PrunedSelection[])[],
    value: string,
    depth: number,
  ): string {
    if (isListType(type)) {
      const [index, item, list] = [`i${depth}`, `${value}_${depth}`, `l${depth}`];
      return `if(!Array.isArray(${value})){bad=true;}else{const ${list}=[];
        for(let ${index}=0;${index}<${value}.length;${index}++){let ${item}=${value}[${index}];
        ${this.#value(type.ofType, below, item, depth + 1)}${list}.push(${item});}${value}=${list};}`;
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
      return `if(!${members}.has(${value}))bad=true;`;
    }
    const failed = `if(typeof ${value}==='object'&&${value} instanceof ${this.#code.constant(FieldFailure)})bad=true;`;
    return isScalarType(type) && type.name === 'ID'
      ? `${failed}else if(typeof ${value}!=='string')${value}=String(${value});`
      : failed;
  }
}
