import { getArgumentValues, Kind } from 'graphql';
import { fieldOf } from './field-of.ts';
import type { AskedField, AskedObject } from './answer-shape.ts';
import { type DataObject, isDataObject } from './field-failure.ts';
import type { Supergraph } from './read-supergraph.ts';
import type { LocalSource, SourceAnswer, SourceRequest } from './source.ts';
import type { RootAsk } from './step.ts';

/**
 * Answers root fields by functions of this process, in the form a remote source would answer in: the same
 * checks, the same merging and the same errors then hold for it.
 */
export async function runLocal(
  supergraph: Supergraph,
  source: LocalSource,
  root: RootAsk,
  variables: Readonly<Record<string, unknown>>,
  takeBytes: SourceRequest['takeBytes'],
): Promise<SourceAnswer> {
  const data: DataObject = {};
  const errors: { path: readonly string[]; extensions: { code: unknown } }[] = [];
  for (const field of root.asked.byType.get(root.typeName) ?? []) {
    try {
      const answer = Object.hasOwn(source, field.name) ? source[field.name] : undefined;
      const value = await answer?.(argumentsOf(supergraph, root.typeName, field, variables));
      data[field.key] = project(value ?? null, field.object);
    } catch (error) {
      data[field.key] = null;
      const code: unknown =
        typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
      errors.push({ path: [field.key], extensions: { code } });
    }
  }
  const text = JSON.stringify({ data });
  if (errors.length === 0 && takeBytes(Buffer.from(text))) return { ok: true, data: null, isTaken: true };
  return { ok: true, data, errors, isPlain: !text.includes('\\') };
}

function argumentsOf(
  supergraph: Supergraph,
  typeName: string,
  field: AskedField,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const definition = fieldOf(supergraph.fullSchema.getType(typeName), field.name);
  if (!definition) return {};
  const name = { kind: Kind.NAME, value: field.name } as const;
  return getArgumentValues(definition, { kind: Kind.FIELD, name, arguments: field.arguments }, variables);
}

function project(value: unknown, asked: AskedObject | null): unknown {
  if (!asked || value === null || value === undefined) return value ?? null;
  if (Array.isArray(value)) return value.map((item) => project(item, asked));
  if (!isDataObject(value)) return value;
  const typeName = asked.fixedType ?? value['__typename'];
  const fields = typeof typeName === 'string' ? asked.byType.get(typeName) : undefined;
  const projected: DataObject = {};
  for (const field of fields ?? []) projected[field.key] = project(value[field.name], field.object);
  return projected;
}
