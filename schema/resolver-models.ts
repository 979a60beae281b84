import type { ServiceName } from './service-names.ts';

/**
 * What a service hands its resolvers, for the generated types: `context` is the type of a resolver's third argument,
 * `models` the type of the object a resolver gets for a GraphQL type (a row of its store, say). Each is `file#Type`,
 * the file as seen from `subgraphs/<service>/generated/`, or a type written out. A GraphQL type without a model is
 * given whole, field by field.
 */
export interface ResolverModels {
  readonly context?: string;
  readonly models?: Readonly<Record<string, string>>;
}

/** The context of a service that names none: what the kit gives to every call. */
export const defaultContext = '@dinhdanh/kit#CallContext';

/** The models of every service: a person and an account are handed on by their hidden key alone. */
export const defaultModels: Readonly<Record<string, string>> = {
  Person: '{ readonly subject: string }',
  Citizen: '{ readonly subject: string }',
  ForeignResident: '{ readonly subject: string }',
};

/** What each service adds to {@link defaultContext} and {@link defaultModels}. */
export const resolverModels: Readonly<Partial<Record<ServiceName, ResolverModels>>> = {};
