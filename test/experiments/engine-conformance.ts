import { createHash } from 'node:crypto';
import { newTally, refusesTooMuch, runCases } from '../engine/random-case.ts';
import { rounded } from './experiment.ts';
import type { Experiment } from './experiment.ts';

const CASES = 10_000;
const TOLD_EVERY = 500;
const FAILURES_KEPT = 10;

/** Draws services, data and operations, and compares every answer of the engine with a plain server's. */
export const experiment: Experiment = {
  about:
    'drawn operations over drawn federations are answered, errors and their paths too, as by one server with all the data',
  run: async ({ seed, share, screen }) => {
    const wanted = Math.ceil(CASES * share);
    const tally = newTally();
    const first = createHash('sha256').update(seed).digest().readUInt32BE(0) >>> 1;
    const startedAt = Date.now();
    let told = 0;
    await runCases(first, tally, () => {
      if (tally.cases - told >= TOLD_EVERY) {
        told = tally.cases;
        screen.write(`${tally.cases} of ${wanted} cases, ${tally.failures.length} failed\n`);
      }
      return tally.cases >= wanted;
    });
    const { failures, ...counts } = tally;
    const msEach = rounded((Date.now() - startedAt) / tally.cases);
    return {
      holds: failures.length === 0 && !refusesTooMuch(tally),
      figures: {
        ...counts,
        firstSeed: first,
        msEach,
        failed: failures.length,
        failures: failures.slice(0, FAILURES_KEPT),
      },
    };
  },
};
