import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own, which tells what it sees and does as it is told. */
export interface ToldProcess<Order, Told> {
  readonly port: number;
  readonly told: Told[];
  /** Tells it; resolves when it has heard. */
  readonly tell: (order: Order) => Promise<void>;
  /** Ends it at once, as a power cut would. */
  readonly kill: () => Promise<void>;
}

/** Starts one of this folder's servers. */
export async function startProcess<Order extends object, Told extends { port?: number }>(
  file: 'message-centre.ts' | 'mail-server.ts',
): Promise<ToldProcess<Order, Told>> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const told: Told[] = [];
  const heard: (() => void)[] = [];
  const port = await new Promise<number>((done, fail) => {
    child.once('exit', () => fail(new TypeError(`${file} did not start`)));
    child.on('message', (message: Told) => {
      if (message.port !== undefined) done(message.port);
      else if (Object.keys(message).length === 0) heard.shift()?.();
      else told.push(message);
    });
  });
  return {
    port,
    told,
    tell: (order) =>
      new Promise((done) => {
        heard.push(done);
        child.send(order);
      }),
    kill: () =>
      new Promise((done) => {
        child.once('exit', () => done());
        child.kill('SIGKILL');
      }),
  };
}
