import { connect } from 'node:net';
import { MessageReader } from './read-messages.ts';

/** What is told of one answer; its body is only good until the callback returns: its memory may be used again. */
export type TakeAnswer = (isOk: boolean, body: Buffer) => void;

/** A connection to a gateway over a bare socket, one request at a time on it. */
export interface LoadConnection {
  readonly send: (request: Buffer, take: TakeAnswer) => void;
  readonly close: () => void;
}

/** Opens one; `broken` is told where it fails later, once or more often. @throws where it cannot be opened */
export function openLoadConnection(port: number, broken: (failure: Error) => void): Promise<LoadConnection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const reader = new MessageReader();
  const onClose = (): void => broken(new Error('the gateway closed a connection'));
  let take: TakeAnswer = () => broken(new Error('an answer that nobody asked for'));
  socket.on('data', (chunk) =>
    reader.read(chunk, (head, body) => take(head.startsWith('HTTP/1.1 200'), body)),
  );
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.on('error', broken);
      socket.on('close', onClose);
      resolve({
        send: (request, then) => {
          take = then;
          socket.write(request);
        },
        close: () => {
          socket.off('close', onClose);
          socket.destroy();
        },
      });
    });
  });
}
