import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a lying registry answers with instead of the truth. */
export interface Lie {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Makes a lie out of the truth and the question. */
export type Tell = (truth: unknown, question: AskedQuestion) => Lie | Promise<Lie>;

/** What the registry was asked. */
export interface AskedQuestion {
  readonly body: Buffer;
  readonly authorization: string;
}

/** A registry that lies. */
export interface LyingRegistry {
  readonly url: string;
  /** How often it was asked. */
  readonly asked: () => number;
  readonly close: () => Promise<void>;
}

/** Stands before a true registry, asks it what it is asked itself, and answers with what `tell` makes of that. */
export async function startLyingRegistry(target: string, tell: Tell): Promise<LyingRegistry> {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    void answer(target, tell, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked: () => asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  target: string,
  tell: Tell,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const authorization = request.headers.authorization ?? '';
  const truth = await fetch(`${target}${request.url ?? ''}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body,
  });
  const lie = await tell(await truth.json(), { body, authorization });
  response.writeHead(lie.status ?? 200, { 'content-type': 'application/json', ...lie.headers }).end(lie.body);
}
