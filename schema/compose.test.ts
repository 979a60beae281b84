import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSupergraph } from './subgraph-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compose-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function check(...args: string[]): Promise<Ended> {
  const script = join(import.meta.dirname, 'compose.ts');
  return new Promise((done) => {
    const child = execFile(process.execPath, [script, '--check', ...args], (_, out, err) =>
      done({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

it('npm run compose -- --check --against FILE ends with 2 and names what breaks, and whom', {
  timeout: 60_000,
}, async () => {
  const against = join(folder, 'supergraph.graphql');
  // What was in force had a field more, told another's name under another claim, and lacked one field.
  const before = readSupergraph()
    .replace(/^ {2}religion: String/m, '  shoeSize: Int @open(reason: "none")\n  religion: String')
    .replaceAll('id: "sensitive.religion"', 'id: "belief"')
    .replace(/^ {2}placeOfOrigin: /m, '  origin: ');
  await writeFile(against, before);
  const documents = join(folder, 'documents.json');
  const body = 'query Shoes { person { ... on Citizen { shoeSize } } }';
  const operations = [{ id: '0'.repeat(64), name: 'Shoes', type: 'query', body }];
  await writeFile(documents, JSON.stringify({ operations }));
  const ended = await check('--against', against, '--documents', documents);
  expect(ended.code).toBe(2);
  expect(ended.err).toContain('breaking: Citizen.shoeSize was removed.\n');
  expect(ended.err).toContain(
    'Citizen.religion is under the claim "sensitive.religion" and was under "belief"',
  );
  expect(ended.err).toContain(
    'The trusted document Shoes (000000000000) would break: Cannot query field "shoeSize"',
  );
  expect(ended.out).toMatch(/^safe: \w+\.placeOfOrigin was added\.$/m);
});

it('what is committed breaks nothing against itself: 0', { timeout: 60_000 }, async () => {
  expect(await check()).toMatchObject({ code: 0, err: '' });
});
