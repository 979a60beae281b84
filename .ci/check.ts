/**
 * `npm run check`: everything that can be known without running the product. One line a part, and the sentences of
 * those that do not hold. `npm run check -- laws types` runs the parts named.
 */
import { repositoryChecks } from './checks/repository.ts';
import type { Check, Outcome } from './checks/check.ts';
import { toolChecks } from './checks/tools.ts';
import { tallyLine, writeTally } from './tally.ts';
import { root, runShown } from './tool.ts';

/** The machine of the gate has two cores, and the type checker takes one of them whole. */
const atOnce = 2;

/** Lines of a failing part that are shown among others; a part run alone shows all. */
const shownLines = process.argv.length === 3 ? Number.POSITIVE_INFINITY : 120;

const chosen = new Set(process.argv.slice(2));
const all = [...toolChecks, ...repositoryChecks];
const checks = chosen.size === 0 ? all : all.filter(({ name }) => chosen.has(name));

// Types and lint read the generated code: it is made anew where its source changed since `npm ci`.
const generated = await runShown(`${root}/.ci/generate.ts`, []);
const outcomes = generated === 0 ? await runAll(checks) : [];
const held = [generated === 0, ...outcomes.map((outcome) => outcome.held)];
const tally = { passed: held.filter(Boolean).length, failed: held.filter((one) => !one).length };
writeTally('checks', tally);
process.stdout.write(`checks: ${tallyLine(tally)}`);
process.exitCode = tally.failed > 0 ? 1 : 0;

async function runAll(waiting: readonly Check[]): Promise<Outcome[]> {
  const queue = [...waiting];
  const outcomes: Outcome[] = [];
  const work = async (): Promise<void> => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
      const outcome = await check.run().catch(failed);
      print(check, outcome);
      outcomes.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return outcomes;
}

/** A part that could not even be run does not hold. */
function failed(error: unknown): Outcome {
  return {
    held: false,
    summary: 'could not be run',
    report: error instanceof Error ? error.message : String(error),
  };
}

function print({ name }: Check, { held, summary, report }: Outcome): void {
  process.stdout.write(`${held ? 'ok    ' : 'BROKEN'} ${name.padEnd(12)} ${summary}\n`);
  if (held) return;
  const lines = report.trimEnd().split('\n');
  const left = lines.length - shownLines;
  const shown =
    left > 0 ? [...lines.slice(0, shownLines), `… and ${left} lines more: npm run check -- ${name}`] : lines;
  process.stdout.write(shown.map((line) => `    ${line}\n`).join(''));
}
