// oxlint-disable no-console -- a command that prints
/** `node upstream-cpu.ts`: CPU time of one call to a service, by the gateway's client and by what it could be made of. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import type * as Undici from 'undici';
import { createUpstream } from '@dinhdanh/gateway/upstream';

const undici = createRequire(new URL('../../../gateway/package.json', import.meta.url))(
  'undici',
) as typeof Undici;
const stub = fork(new URL('stub.ts', import.meta.url));
const [port] = (await once(stub, 'message')) as [number];
const url = `http://127.0.0.1:${port}`;
const body = JSON.stringify({
  query: 'query($r:[_Any!]!){x}'.repeat(10),
  variables: { r: [{ id: 'person-1' }] },
});
const headers = { 'content-type': 'application/json', accept: 'application/json' };

const upstream = createUpstream({ services: { one: url }, onEvent: () => undefined });
const pool = new undici.Pool(url, { connections: 64, pipelining: 1 });

const ways: Record<string, () => Promise<unknown>> = {
  upstream: () =>
    upstream.post('one', {
      body,
      headers: { authorization: 'Bearer x' },
      deadlineAt: Date.now() + 2000,
      idempotent: true,
      signal: new AbortController().signal,
    }),
  request: async () => {
    const answer = await pool.request({ method: 'POST', path: '/graphql', body, headers });
    return JSON.parse(await answer.body.text());
  },
  dispatch: () =>
    new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      pool.dispatch(
        { method: 'POST', path: '/graphql', body, headers },
        {
          onRequestStart: () => undefined,
          onResponseStart: () => undefined,
          onResponseData: (_: unknown, chunk: Buffer) => void chunks.push(chunk),
          onResponseEnd: () =>
            resolve(JSON.parse((chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)).toString())),
          onResponseError: (_: unknown, error: Error) => reject(error),
        },
      );
    }),
};

const chosen = process.argv[2] ? [process.argv[2]] : Object.keys(ways);
for (let round = 0; round < 4; round += 1) {
  for (const name of chosen) {
    const way = ways[name];
    const before = process.cpuUsage();
    const calls = 6000;
    let left = calls;
    await Promise.all(
      Array.from({ length: 25 }, async () => {
        while (left-- > 0) await way();
      }),
    );
    const { user, system } = process.cpuUsage(before);
    console.log(
      `${name} ${((user + system) / calls).toFixed(1)} µs CPU a call (user ${(user / calls).toFixed(1)})`,
    );
  }
}
stub.kill();
await upstream.close();
await pool.close();
