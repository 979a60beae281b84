import {
  getNamedType,
  type GraphQLLeafType,
  type GraphQLOutputType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { AskedField, AskedObject } from './answer-shape.ts';
import { type GeneratedCode, member } from './generate.ts';

/** Tests that say of an expression that it is no value of the built-in scalar. */
const builtIn: Readonly<Record<string, (value: string) => string>> = {
  String: (value) => `typeof ${value}!=='string'`,
  ID: (value) => `typeof ${value}!=='string'&&!Number.isSafeInteger(${value})`,
  Int: (value) => `typeof ${value}!=='number'||(${value}|0)!==${value}`,
  Boolean: (value) => `typeof ${value}!=='boolean'`,
};

/**
 * Generates the check of answers that came without errors: the same checks as {@link AskedObject.check}, without
 * the failures that only errors put into an answer.
 */
export function generateCheck(code: GeneratedCode, asked: AskedObject): string {
  return code.once('check', asked, () => makeCheck(code, asked));
}

function makeCheck(code: GeneratedCode, asked: AskedObject): string {
  const bodies = [...asked.byType].map(
    ([name, fields]) => [name, checkFields(code, name, fields, asked.attestationField)] as const,
  );
  const head = `if(typeof v!=='object'||v===null||Array.isArray(v))return false;`;
  if (asked.fixedType !== null) return code.add('v,run', `${head}${bodies[0]?.[1] ?? 'return false;'}`);
  const cases = bodies.map(([name, body]) => `case ${JSON.stringify(name)}:{${body}}`).join('');
  return code.add('v,run', `${head}switch(v.__typename){${cases}default:return false;}`);
}

function checkFields(
  code: GeneratedCode,
  typeName: string,
  fields: readonly AskedField[],
  attestationField: string | null,
): string {
  const checks = fields.map((field, at) => {
    const value = `a${at}`;
    // What every object inherits could pass for an answer.
    const own =
      field.key in Object.prototype ? `if(!Object.hasOwn(v,${JSON.stringify(field.key)}))return false;` : '';
    return `${own}const ${value}=${member('v', field.key)};${checkValue(code, field, field.type, value, 0)}`;
  });
  const isAttested = attestationField !== null && fields.some((field) => field.key === attestationField);
  const end = isAttested
    ? `return run.attest(${JSON.stringify(typeName)},${member('v', attestationField)});`
    : 'return true;';
  return `let n=0;for(const _ in v)n++;if(n!==${fields.length})return false;${checks.join('')}${end}`;
}

function checkValue(
  code: GeneratedCode,
  field: AskedField,
  type: GraphQLOutputType,
  value: string,
  depth: number,
): string {
  if (isNonNullType(type)) {
    return `if(${value}===null)return false;${checkPresent(code, field, type.ofType, value, depth)}`;
  }
  return `if(${value}!==null){${checkPresent(code, field, type, value, depth)}}`;
}

/** Anything missing (`undefined`) fails every one of these. */
function checkPresent(
  code: GeneratedCode,
  field: AskedField,
  type: GraphQLOutputType,
  value: string,
  depth: number,
): string {
  if (isListType(type)) {
    const [index, item] = [`i${depth}`, `${value}_${depth}`];
    return `if(!Array.isArray(${value}))return false;for(let ${index}=0;${index}<${value}.length;${index}++){
      const ${item}=${value}[${index}];${checkValue(code, field, type.ofType, item, depth + 1)}}`;
  }
  const named = getNamedType(type);
  if (isLeafType(named)) return `if(${wrongLeaf(code, field, named, value)})return false;`;
  return field.object
    ? `if(!${generateCheck(code, field.object)}(${value},run))return false;`
    : 'return false;';
}

function wrongLeaf(code: GeneratedCode, field: AskedField, type: GraphQLLeafType, value: string): string {
  const test = Object.hasOwn(builtIn, type.name) ? builtIn[type.name] : undefined;
  return test ? test(value) : `!${code.constant(field.leafCheck)}(${value})`;
}
