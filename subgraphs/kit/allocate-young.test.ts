import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/**
 * Makes two million objects that stay, then a million by the same code that do not; prints the bytes by which the second
 * made the old space larger.
 */
const PROGRAM = `
import { getHeapSpaceStatistics } from 'node:v8';
import { setImmediate as turn } from 'node:timers/promises';
const make = (number) => ({ number, parts: [number, { number }] });
const oldBytes = () =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space').space_used_size;
async function fill(list, rounds) {
  for (let round = 0; round < rounds; round += 1) {
    for (let each = 0; each < 50_000; each += 1) list[(round * 50_000 + each) % list.length] = make(each);
    await turn();
  }
}
const kept = new Array(2_000_000).fill(0);
await fill(kept, 40);
gc();
const before = oldBytes();
await fill([0], 20);
process.stdout.write(JSON.stringify({ grown: oldBytes() - before, kept: kept.length }));
`;

/** Code is compiled where it runs, so that a busy machine does not leave it as it is. */
const FLAGS = ['--expose-gc', '--no-concurrent-recompilation', '--input-type=module', '--eval'];

function grownBy(first: string): number {
  const told = execFileSync(process.execPath, [...FLAGS, first + PROGRAM], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  return (JSON.parse(told) as { grown: number }).grown;
}

test('what does not stay is never among the old', () => {
  const called = "import { allocateYoung } from './allocate-young.ts'; allocateYoung();";
  expect(grownBy(called)).toBeLessThan(1_000_000);
});

test('of itself V8 puts it there (control)', () => {
  expect(grownBy('')).toBeGreaterThan(100_000_000);
});
