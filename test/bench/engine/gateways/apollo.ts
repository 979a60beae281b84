/** Apollo Gateway on Apollo Server, as its documentation sets it up, without reporting. It shares nothing, and cannot. */
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { SUBJECT_HEADER } from '../dataset.ts';
import { tellPort } from '../orders.ts';
import { takeOrder } from './order.ts';

interface Context {
  readonly subject?: string;
}

/** Hands on for whom the request is. */
class Subgraph extends RemoteGraphQLDataSource<Context> {
  override willSendRequest({
    request,
    context,
  }: Parameters<NonNullable<RemoteGraphQLDataSource<Context>['willSendRequest']>>[0]): void {
    if (context.subject !== undefined) request.http?.headers.set(SUBJECT_HEADER, context.subject);
  }
}

const { supergraph } = await takeOrder();
const gateway = new ApolloGateway({
  supergraphSdl: supergraph,
  buildService: ({ url }) => new Subgraph(url === undefined ? {} : { url }),
});
const server = new ApolloServer<Context>({ gateway, includeStacktraceInErrorResponses: false });
const { url } = await startStandaloneServer(server, {
  listen: { port: 0, host: '127.0.0.1' },
  context: ({ req }) => {
    const subject = req.headers[SUBJECT_HEADER];
    return Promise.resolve(typeof subject === 'string' ? { subject } : {});
  },
});
tellPort(Number(new URL(url).port));
