import { getVariableValues, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import { EngineRefusal } from './engine-refusal.ts';
import { detailsOf, withinStack } from './read-document.ts';

const none: Readonly<Record<string, unknown>> = Object.freeze({});

/** Client variables coerced to the types they were declared with; refuses what does not fit. */
export function coerceVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  raw: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { variableDefinitions = [] } = operation;
  if (variableDefinitions.length === 0) return none;
  const { coerced, errors } = withinStack(() =>
    getVariableValues(schema, variableDefinitions, raw, { maxErrors: 20 }),
  );
  if (errors) throw new EngineRefusal('BAD_USER_INPUT', 'variables', detailsOf(errors));
  return coerced;
}

/** The part of the values that shapes the operation: conditions, and which defaulted variables are filled. */
export function foldingKey(
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): string {
  return (operation.variableDefinitions ?? [])
    .map(({ variable, type, defaultValue }) => {
      const value = Object.hasOwn(variables, variable.name.value)
        ? variables[variable.name.value]
        : undefined;
      const named = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
      const isBoolean = named.kind === Kind.NAMED_TYPE && named.name.value === 'Boolean';
      if (isBoolean) return String(value);
      return defaultValue === undefined ? '' : String(value === null || value === undefined);
    })
    .join(',');
}
