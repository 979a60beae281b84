import {
  type GraphQLInputType,
  type GraphQLSchema,
  GraphQLError,
  Kind,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  parse,
  typeFromAST,
} from 'graphql';
import type { TypeNode } from 'graphql';

/**
 * A value for every variable that a document must be given, so that it can be prepared without anybody asking: of the right
 * form, and of no meaning. Nothing for a document that does not parse, or names types that are not there.
 */
export function placeholders(text: string, schema: GraphQLSchema): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const { name, type, isRequired } of variablesOf(text)) {
    const known = isRequired ? typeFromAST(schema, type) : undefined;
    if (known !== undefined) values[name] = placeholder(known as GraphQLInputType);
  }
  return values;
}

interface Variable {
  readonly name: string;
  readonly type: TypeNode;
  readonly isRequired: boolean;
}

function variablesOf(text: string): readonly Variable[] {
  try {
    return parse(text).definitions.flatMap((node) =>
      node.kind === Kind.OPERATION_DEFINITION
        ? (node.variableDefinitions ?? []).map(({ variable, type, defaultValue }) => ({
            name: variable.name.value,
            type,
            isRequired: type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined,
          }))
        : [],
    );
  } catch (failure) {
    // Whoever prepares the document says what is wrong with it.
    if (failure instanceof GraphQLError) return [];
    throw failure;
  }
}

function placeholder(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return placeholder(type.ofType);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(required.map((field) => [field.name, placeholder(field.type)]));
  }
  if (type.name === 'Boolean') return false;
  return type.name === 'Int' || type.name === 'Float' ? 1 : '0';
}
