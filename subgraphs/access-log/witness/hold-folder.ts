/** One witness a folder: two would each answer from what they read before the other wrote. */
import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { createServer } from 'node:net';

/**
 * Holds a folder until the process ends, however it ends: a socket in Linux's abstract namespace, which no file and no
 * stale mark remains of (unix(7)). Elsewhere the port alone keeps a second one away.
 *
 * @returns false where another process of this machine holds it
 */
export async function holdFolder(folder: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const name = createHash('sha256')
    .update(await realpath(folder))
    .digest('hex');
  const mark = createServer((socket) => socket.destroy());
  mark.unref();
  return new Promise((done, fail) => {
    mark.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') done(false);
      else fail(error);
    });
    mark.listen(`\0dinhdanh-witness-${name}`, () => done(true));
  });
}
