import { ApolloServer } from '@apollo/server';
import type { ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { DocumentNode } from 'graphql';
import { readClaims } from './count-claims.ts';
import type { ClaimsOfOperation } from './count-claims.ts';
import { maskError } from './mask-error.ts';
import { guardReferences } from './references.ts';
import type { CallContext, ServiceDefinition, ServiceOptions, ServiceStore } from './service.ts';

type SubgraphModule = Exclude<
  Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>[number],
  DocumentNode
>;
type SubgraphResolvers = NonNullable<SubgraphModule['resolvers']>;

/** Apollo's own checks are off where the caller token has already made them (CSRF, landing page, introspection). */
export function openApollo<Store extends ServiceStore, Context extends CallContext>(
  definition: ServiceDefinition<Store, Context>,
  options: ServiceOptions,
): ApolloServer<Context> {
  const schema = buildSubgraphSchema([
    {
      typeDefs: definition.typeDefs,
      resolvers: guardReferences(definition.resolvers) as SubgraphResolvers,
    },
  ]);
  return new ApolloServer<Context>({
    schema,
    introspection: false,
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    formatError: (_formatted, error) => maskError(error, options.log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      tellClaims(readClaims(schema)),
    ],
  });
}

/** Every operation that is about to run tells its claims, which go into the record of what was served. */
function tellClaims(claimsOf: ClaimsOfOperation): ApolloServerPlugin<CallContext> {
  const listener = {
    didResolveOperation: async ({
      document,
      contextValue,
    }: {
      document: DocumentNode;
      contextValue: CallContext;
    }) => contextValue.asks(claimsOf(document)),
  };
  return { requestDidStart: async () => listener };
}
