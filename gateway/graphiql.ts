import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DocumentRule } from './documents/choose-document.ts';
import { answerWith, contentSecurityPolicy } from './serve-static.ts';
import type { StaticFiles } from './static-files.ts';

/** Where the web build puts the page. */
const PAGE = 'graphiql/index.html';

/**
 * As strict as the screens' own policy but for two things the editor cannot do without: it writes style sheets into its
 * page, and its fonts come inside its style sheet. Scripts and workers are our files alone.
 */
const editorPolicy = contentSecurityPolicy({
  'style-src': "'self' 'unsafe-inline'",
  'font-src': "'self' data:",
  'worker-src': "'self'",
  'form-action': "'none'",
});

/** Answers a request that the page is not for. */
export type Otherwise = (request: FastifyRequest, reply: FastifyReply) => unknown;

/**
 * Serves GraphiQL to browsers at `GET /graphql`. Any other GET is `otherwise`'s: the stages refuse it with 405, because
 * operations come by POST alone. Where trusted documents alone are run there is no page: it could ask nothing.
 */
export function serveGraphiql(
  server: FastifyInstance,
  files: StaticFiles,
  rule: DocumentRule,
  otherwise: Otherwise,
): void {
  const page = rule === 'trusted' ? undefined : files.get(PAGE);
  server.route({
    method: ['GET', 'HEAD'],
    url: '/graphql',
    handler: (request, reply) => {
      reply.header('vary', 'accept');
      if (page === undefined || !wantsPage(request.headers.accept)) return otherwise(request, reply);
      return answerWith(reply, page, { 'content-security-policy': editorPolicy });
    },
  });
}

/** Browsers name HTML outright when a person opens an address; programs that take anything do not. */
function wantsPage(accept: string | undefined): boolean {
  return (accept ?? '')
    .split(',')
    .some((range) => /^\s*text\/html\s*(?:;(?!\s*q=0(?:\.0*)?\s*$).*)?$/i.test(range));
}
