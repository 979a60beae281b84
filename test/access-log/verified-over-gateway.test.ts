import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, type RunWorld } from '@dinhdanh/access-log/verify';
import { afterAll, expect, inject, it } from 'vitest';
import { ask, at, readDemo, signIn } from '../harness/client.ts';
import { TemporaryFolders } from '../harness/temporary-folders.ts';

const system = inject('system');
const folders = new TemporaryFolders();
afterAll(folders.remove);

it('what demo.json tells is enough to verify the running log by hand, down to the last entry', async () => {
  const { citizens, staff, log } = readDemo(system.dataFolder);
  const [citizen, auditor] = [citizens['level2'], staff['auditor']];
  if (citizen === undefined || auditor === undefined || log?.url == null)
    return expect.unreachable('in demo.json');
  const read = async (): Promise<number> => {
    const token = await signIn(system.url, citizen);
    const { errors, extensions } = await ask(system.url, '{ person { fullName } }', { token });
    expect(errors).toEqual([]);
    return Number(at(extensions, 'accessReceipt', 'index'));
  };
  const index = await read();
  // It is published within a second; a busy machine is given more.
  const size = async (): Promise<number> =>
    Number((await (await fetch(`${log.url}/checkpoint`)).text()).split('\n')[1]);
  await expect.poll(size).toBeGreaterThan(index);
  const folder = await folders.make();
  await writeFile(join(folder, 'token'), await signIn(system.url, auditor));
  const words: string[] = [];
  const screen = { write: (text: string) => words.push(text) };
  const world: RunWorld = {
    language: 'en',
    stdout: screen,
    stderr: screen,
    nowSeconds: () => Math.floor(Date.now() / 1000),
    ticksMs: () => performance.now(),
  };
  const args = ['--log', log.url, '--log-key', log.logKey, '--range', 'all'];
  for (const key of log.witnessKeys) args.push('--witness-key', key);
  args.push('--token-file', join(folder, 'token'));
  const code = await run(args, world);
  expect([code, words.join('')]).toEqual([0, expect.any(String)]);
});
