import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { plantedFaults } from './planted-faults.ts';
import { newTally, runFederation } from './random-case.ts';

const cases = 500;

test(`${cases} drawn operations over drawn services and data are answered as by one server`, async () => {
  const first = randomInt(2 ** 31);
  process.stdout.write(`drawn federations begin at seed ${first}\n`);
  const tally = newTally();
  for (let seed = first; tally.cases < cases; seed += 1) await runFederation(seed, tally);
  process.stdout.write(`${JSON.stringify({ ...tally, failures: tally.failures.length })}\n`);
  expect(tally.failures).toEqual([]);
  expect(tally.severalRequests).toBeGreaterThan(cases / 5);
  expect(tally.withErrors).toBeGreaterThan(cases / 25);
});

for (const [fault, wrap] of Object.entries(plantedFaults)) {
  test(`the comparison notices when ${fault}`, async () => {
    const tally = newTally();
    for (let seed = 0; tally.failures.length === 0 && seed < 100; seed += 1)
      await runFederation(seed, tally, wrap);
    expect(tally.failures).not.toEqual([]);
  });
}
