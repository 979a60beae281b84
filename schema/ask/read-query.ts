import {
  type ASTNode,
  type DocumentNode,
  FieldsOnCorrectTypeRule,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  OverlappingFieldsCanBeMergedRule,
  parse,
  validate,
  type ValidationRule,
  visit,
} from 'graphql';
import { AskError, type AskReason } from './ask-error.ts';
import type { AskPath } from './ask-path.ts';
import { refuseTooMuch } from './count-asked.ts';
import { spreadSelections } from './spread-selections.ts';

/** Bytes of a query, in UTF-8; of its one form too, or it could not be read back. */
export const mostBytes = 8192;

/** The ways from the root to every leaf of a query, fragments spread; refuses whatever is no plain query of `person`. */
export function readQuery(query: string, schema: GraphQLSchema): readonly AskPath[] {
  if (Buffer.byteLength(query) > mostBytes) throw new AskError('TOO_LARGE');
  try {
    const document = parseQuery(query);
    const operation = onlyQuery(document);
    refuseTooMuch(document);
    refuseVariablesAndDirectives(document);
    refuseInvalid(document, schema);
    const paths = spreadSelections(document, operation, schema);
    for (const [root] of paths) {
      if (root?.name !== 'person') throw new AskError('ROOT_NOT_PERSON', root?.name);
    }
    return paths;
  } catch (error) {
    // Deep nesting exhausts the stack inside graphql-js.
    if (error instanceof RangeError) throw new AskError('TOO_DEEP');
    throw error;
  }
}

function parseQuery(query: string): DocumentNode {
  try {
    return parse(query);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new AskError('NOT_PARSABLE');
  }
}

function onlyQuery({ definitions }: DocumentNode): OperationDefinitionNode {
  const [operation, ...others] = definitions.filter(({ kind }) => kind !== Kind.FRAGMENT_DEFINITION);
  const isQuery =
    operation?.kind === Kind.OPERATION_DEFINITION && operation.operation === OperationTypeNode.QUERY;
  if (!isQuery || others.length > 0) throw new AskError('NOT_ONE_QUERY');
  return operation;
}

/** What is agreed to must be readable from the text alone: no value from elsewhere, nothing that comes and goes. */
function refuseVariablesAndDirectives(document: DocumentNode): void {
  visit(document, {
    Directive: ({ name }) => {
      throw new AskError('DIRECTIVES', `@${name.value}`);
    },
    Variable: ({ name }) => {
      throw new AskError('VARIABLES', `$${name.value}`);
    },
  });
}

const reasons: readonly (readonly [AskReason, readonly ValidationRule[] | undefined])[] = [
  ['FIELD_UNKNOWN', [FieldsOnCorrectTypeRule]],
  ['ARGUMENTS_CONFLICT', [OverlappingFieldsCanBeMergedRule]],
  ['NOT_VALID', undefined],
];

function refuseInvalid(document: DocumentNode, schema: GraphQLSchema): void {
  for (const [reason, rules] of reasons) {
    const [error] = validate(schema, document, rules, { maxErrors: 1 });
    if (error !== undefined) throw new AskError(reason, nameOf(error.nodes ?? []));
  }
}

/** The first name among the nodes at fault; never a value, which may be a person's. */
function nameOf(nodes: readonly ASTNode[]): string | undefined {
  return nodes.flatMap((node) => ('name' in node && node.name ? [node.name.value] : []))[0];
}
