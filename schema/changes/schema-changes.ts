import { findBreakingChanges, findDangerousChanges, isInterfaceType, isObjectType } from 'graphql';
import type { GraphQLNamedType, GraphQLSchema } from 'graphql';
import type { Change, Severity } from './change.ts';

/**
 * What changed between two public schemas, in the words of graphql-js where it breaks or endangers; what was only added
 * comes after.
 */
export function schemaChanges(before: GraphQLSchema, after: GraphQLSchema): Change[] {
  return [
    ...findBreakingChanges(before, after).map(({ description }) => told('breaking', description)),
    ...findDangerousChanges(before, after).map(({ description }) => told('dangerous', description)),
    ...additions(before, after),
  ];
}

function told(severity: Severity, description: string): Change {
  const [at = ''] = /@?\b[A-Za-z_]\w*(?:\.\w+)?/.exec(description.replace(/^(?:An?|The) /, '')) ?? [];
  return { severity, at, text: description };
}

function* additions(before: GraphQLSchema, after: GraphQLSchema): Generator<Change> {
  for (const type of Object.values(after.getTypeMap())) {
    const known = before.getType(type.name);
    if (known === undefined) {
      yield { severity: 'safe', at: type.name, text: `${type.name} was added.` };
      continue;
    }
    const names = new Set(fieldNames(known));
    for (const name of fieldNames(type)) {
      const at = `${type.name}.${name}`;
      if (!names.has(name)) yield { severity: 'safe', at, text: `${at} was added.` };
    }
  }
}

function fieldNames(type: GraphQLNamedType): readonly string[] {
  return isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()) : [];
}
