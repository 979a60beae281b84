import type { RequiresSelection } from '@graphql-hive/router-query-planner';
import { type GeneratedCode, member } from './generate.ts';
import { quote } from './quote.ts';

type Required = RequiresSelection & { kind: 'Field' };

/**
 * Generates `(object)`: its representation as JSON text, undefined where a part is null, failed, or of a kind that
 * only {@link compileRepresentation} writes.
 */
export function generateRepresentationText(
  code: GeneratedCode,
  required: readonly Required[],
  typeName: string,
): string {
  const fields = required.filter(({ name }) => name !== '__typename');
  const reads = fields.map((field, at) => `const a${at}=${member('o', field.name)};`);
  const quoting = code.constant(quote);
  const texts = fields.map(
    (_, at) => `let b${at};switch(typeof a${at}){case 'string':b${at}=${quoting}(a${at});break;
      case 'number':case 'boolean':b${at}=String(a${at});break;default:return undefined;}`,
  );
  let text = `'{${JSON.stringify('__typename')}:${JSON.stringify(typeName)}`;
  for (const [at, field] of fields.entries())
    text += `,${JSON.stringify(field.alias ?? field.name)}:'+b${at}+'`;
  return code.add('o', `${reads.join('')}${texts.join('')}return ${text}}';`);
}

/** Generates `(object, representation)`: whether the object's representation would be that one. */
export function generateSame(code: GeneratedCode, required: readonly Required[]): string {
  const tests = required
    .filter(({ name }) => name !== '__typename')
    .map((field) => `${member('o', field.name)}===${member('r', field.alias ?? field.name)}`);
  return code.add('o,r', `return ${tests.join('&&') || 'true'};`);
}

/** Generates `(object)`: the representation itself, for an object whose text could be written. */
export function generateRepresentation(
  code: GeneratedCode,
  required: readonly Required[],
  typeName: string,
): string {
  const parts = required.map((field) =>
    field.name === '__typename'
      ? `__typename:${JSON.stringify(typeName)}`
      : `${JSON.stringify(field.alias ?? field.name)}:${member('o', field.name)}`,
  );
  return code.add('o', `return {${parts.join(',')}};`);
}

/** Whether text and representation can be generated: leaves alone, and nothing rewritten but the type's name. */
export function isPlainRequirement(required: readonly Required[]): boolean {
  const names = required.map(({ name, alias }) => alias ?? name);
  return (
    names.includes('__typename') &&
    new Set(names).size === names.length &&
    !names.includes('__proto__') &&
    required.every(({ selections }) => (selections ?? []).length === 0)
  );
}
