/** Why something cannot be asked, each with the sentence for who asked. None repeats a value of theirs. */
const sentences = {
  TOO_LARGE: 'the query is larger than 8 KB',
  TOO_DEEP: 'the query is nested too deep',
  TOO_MANY_LEAVES: 'more than 200 fields are asked for',
  NOT_PARSABLE: 'the query is not GraphQL',
  NOT_ONE_QUERY: 'there must be one query and nothing else',
  ROOT_NOT_PERSON: 'only person may be asked for at the root',
  VARIABLES: 'values must stand in the query itself',
  DIRECTIVES: 'directives have no place in what is agreed to',
  FIELD_UNKNOWN: 'there is no such field',
  NOT_VALID: 'the query does not fit the schema',
  ARGUMENTS_CONFLICT: 'the same field is asked for with different arguments',
  ARGUMENT_ABOVE_LEAF: 'arguments that tell something may stand on the last field alone',
  ARGUMENT_NEEDED: 'the claim needs an argument, so it must be asked for by a query',
  CLAIM_UNKNOWN: 'there is no such claim of a person',
  CLAIM_NOT_SHAREABLE: 'what the claim covers is not shared',
  EMPTY: 'nothing is asked for',
} as const;

/** A stable word for why something cannot be asked. */
export type AskReason = keyof typeof sentences;

/** A refusal to read what is asked: the reason, and the field, directive or claim at fault (`person` where none is). */
export class AskError extends Error {
  readonly reason: AskReason;
  readonly field: string;

  constructor(reason: AskReason, field = 'person') {
    super(`${field}: ${sentences[reason]}`);
    this.name = 'AskError';
    this.reason = reason;
    this.field = field;
  }
}
