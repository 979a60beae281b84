import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readHouse, readPackages } from '../house/read-house.ts';
import { root } from '../tool.ts';
import { judge } from './judge.ts';
import type { Law } from './law.ts';
import { laws } from './laws.ts';

/**
 * Each law has a folder of fixtures laid out like the repository. A line that breaks the law says so with a comment
 * `broken`; every other line and file there keeps it.
 */
const fixtures = join(import.meta.dirname, 'fixtures');
const packages = readPackages(root);

function marked(folder: string): { broken: string[]; kept: string[] } {
  const broken: string[] = [];
  const kept: string[] = [];
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  )) {
    const lines = readFileSync(join(folder, path), 'utf8').split('\n');
    const here = lines.flatMap((line, index) => (/\/[/*] broken/.test(line) ? [`${path}:${index + 1}`] : []));
    if (here.length === 0) kept.push(path);
    broken.push(...here);
  }
  return { broken: broken.toSorted(), kept };
}

function caught(law: Law, folder: string): string[] {
  const lines = law.check(readHouse(folder, packages)).map(({ file, line }) => `${file}:${line}`);
  return [...new Set(lines)].toSorted();
}

test.each(laws.map((law) => [law.name, law] as const))(
  '%s is caught wherever its fixture breaks it, and nowhere else',
  (name, law) => {
    const folder = join(fixtures, name);
    const { broken, kept } = marked(folder);
    expect(broken).not.toEqual([]);
    expect(kept).not.toEqual([]);
    expect(caught(law, folder)).toEqual(broken);
  },
);

test('every law has its own name and says in a sentence what it asks', () => {
  expect(new Set(laws.map(({ name }) => name)).size).toBe(laws.length);
  for (const { sentence } of laws) expect(sentence).toMatch(/^\S.{20,}\.$/);
  expect(readdirSync(fixtures).toSorted()).toEqual(laws.map(({ name }) => name).toSorted());
});

const size = laws.filter(({ name }) => name === 'file-size');
const house = readHouse(join(fixtures, 'file-size'), packages);
const reason = 'A table of one line per article of the decree, which reads best whole.';

test('an exception with a reason excuses its file up to its limit, and no other file', () => {
  const findings = judge(house, size, [{ law: 'file-size', file: 'gateway/gateway.ts', limit: 301, reason }]);
  expect(findings.map(({ places }) => places)).toEqual([['gateway/gateway.test.ts:1 501 lines']]);
});

test.each([
  [
    'allows more than is used',
    { file: 'gateway/gateway.ts', limit: 400, reason },
    'needs only 301, lower the limit from 400',
  ],
  ['is not needed', { file: 'gateway/limit.ts', limit: 301, reason }, 'not needed any more, strike it out'],
  ['has no reason', { file: 'gateway/gateway.ts', limit: 301, reason: 'long' }, 'write the reason'],
])('an exception that %s is a failure itself', (_case, exception, complaint) => {
  const places = judge(house, size, [{ law: 'file-size', ...exception }]).flatMap(
    (finding) => finding.places,
  );
  expect(places).toContain(`file-size in ${exception.file}: ${complaint}`);
});

test('an exception to a law that does not exist is a failure itself', () => {
  const findings = judge(house, [], [{ law: 'no-such-law', file: 'gateway/gateway.ts', limit: 1, reason }]);
  expect(findings[0]?.places).toEqual(['no-such-law in gateway/gateway.ts: there is no such law']);
});

test('a law about places excuses as many as the exception allows and not one more', () => {
  const mocks = laws.filter(({ name }) => name === 'release-alone-writes');
  const writes = readHouse(join(fixtures, 'release-alone-writes'), packages);
  const exception = { law: 'release-alone-writes', file: 'gateway/stages/limit.ts', reason };
  expect(judge(writes, mocks, [{ ...exception, limit: 3 }])).toEqual([]);
  expect(judge(writes, mocks, [{ ...exception, limit: 2 }])[0]?.places).toHaveLength(3);
});
