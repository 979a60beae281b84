import type { FastifyInstance, FastifyReply } from 'fastify';
import type { StaticFile, StaticFiles } from './static-files.ts';

/** Sources a page may load from, by directive, beyond those of {@link contentSecurityPolicy}. */
export type PolicyDirectives = Readonly<Record<string, string>>;

/** Nothing from elsewhere, nothing inline, in nobody's frame. Portraits are drawn by the registries and come as data. */
const basePolicy: PolicyDirectives = {
  'default-src': "'self'",
  'img-src': "'self' data:",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
};

/** Writes a Content-Security-Policy (CSP level 3): ours, with some directives put otherwise. */
export function contentSecurityPolicy(directives: PolicyDirectives = {}): string {
  return Object.entries({ ...basePolicy, ...directives })
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}

/** Header lines of every file and page. */
const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy(),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/**
 * What a page may use of a device, and whom it may ask: nothing, but for the citizen's app, which scans codes with the
 * camera and asks the reader of chips where there is one.
 */
function headersOfPage(page: string, readerUrl: string | null): Readonly<Record<string, string>> {
  if (page !== 'index.html') return {};
  const asks = readerUrl === null ? {} : { 'connect-src': `'self' ${readerUrl}` };
  return {
    'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
    'content-security-policy': contentSecurityPolicy(asks),
  };
}

/** The pages of the build, each with the paths that it answers for itself, in the browser. */
const pagePaths: Readonly<Record<string, readonly string[]>> = {
  'index.html': ['/', '/officer', '/officer/*'],
  'auditor/index.html': ['/auditor', '/auditor/*'],
  // What stands below it is answered by sharing.
  'share/index.html': ['/share/:handle'],
};

/**
 * Serves the web build: its files by their names, and its pages at every path of their screens. All else is a plain 404,
 * so that a misspelt path of an interface is not answered with a page. `readerUrl` is the one other origin that the citizen's
 * app may ask.
 */
export function serveStatic(
  server: FastifyInstance,
  files: StaticFiles,
  readerUrl: string | null = null,
): void {
  for (const [page, paths] of Object.entries(pagePaths)) {
    const headers = headersOfPage(page, readerUrl);
    for (const url of paths) {
      server.route({
        method: ['GET', 'HEAD'],
        url,
        handler: (_request, reply) => answerWith(reply, files.get(page), headers),
      });
    }
  }
  server.route<{ Params: { '*': string } }>({
    method: ['GET', 'HEAD'],
    url: '/*',
    handler: (request, reply) => {
      const file = files.get(request.params['*']);
      if (file === undefined || request.headers['if-none-match'] !== file.etag)
        return answerWith(reply, file);
      reply.code(304).headers({ etag: file.etag, 'cache-control': file.cacheControl });
      return '';
    },
  });
}

/** What a handler returns to answer with a file, or with 404 where there is none. `headers` replace ours. */
export function answerWith(
  reply: FastifyReply,
  file: StaticFile | undefined,
  headers: Readonly<Record<string, string>> = {},
): Buffer | string {
  reply.headers({ ...securityHeaders, ...headers });
  if (file === undefined) {
    reply.code(404).headers({ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
    return 'Not found\n';
  }
  reply.headers({ 'content-type': file.type, 'cache-control': file.cacheControl });
  if (file.cacheControl !== 'no-store') reply.header('etag', file.etag);
  return file.bytes;
}
