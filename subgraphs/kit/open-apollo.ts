import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { DocumentNode } from 'graphql';
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
  return new ApolloServer<Context>({
    schema: buildSubgraphSchema([
      {
        typeDefs: definition.typeDefs,
        resolvers: guardReferences(definition.resolvers) as SubgraphResolvers,
      },
    ]),
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
    ],
  });
}
