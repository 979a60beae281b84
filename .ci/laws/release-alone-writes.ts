import { isIn, isTest } from '../house/rooms.ts';
import type { Mention } from '../house/source.ts';
import { type Law, perFile } from './law.ts';

/** Ways to put bytes on a client's connection, by the names that requests' replies go by. */
const writes =
  /\.(send|writeHead|hijack)$|(^|\.)(reply|response|res|raw|socket|stream)\.(write|end|pipe)$|\.pipe$/;

/** The access log's gate stands before one door; a second door would have none. */
export const releaseAloneWrites: Law = {
  name: 'release-alone-writes',
  sentence:
    "Only gateway/stages/release.ts writes an answer to the socket, because the access log's gate stands there.",
  check: perFile((file) => {
    if (!isIn('gateway', file.path) || file.path === 'gateway/stages/release.ts' || isTest(file.path))
      return [];
    // The sockets of upstream/ lead to the registries, not to a client.
    if (isIn('gateway/upstream', file.path)) return [];
    return file.mentions
      .filter(isWrite)
      .map(({ name, line }) => ({ file: file.path, line, found: `it calls ${name}` }));
  }),
};

function isWrite({ kind, name }: Mention): boolean {
  // `this.send` is a method of the file's own, not of a reply.
  return kind === 'call' && name !== 'this.send' && writes.test(name);
}
