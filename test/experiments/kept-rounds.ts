import { appendFile, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Rounds of an experiment that was stopped on its way, so that the next start goes on where it was. */
export interface KeptRounds<Round> {
  /** Those of earlier starts. */
  readonly rounds: readonly Round[];
  /** Starts before this one. */
  readonly starts: number;
  readonly add: (round: Round) => Promise<void>;
  /** Forgets them all: the experiment has come to its end. */
  readonly clear: () => Promise<void>;
}

/** One line of the file: that a start began, or what one of its rounds came to. */
type Line<Round> = { readonly began: string } | { readonly round: Round };

/** Opens what earlier starts have left of an experiment, under a name that changes with what its rounds are. */
export async function openKeptRounds<Round>(folder: string, name: string): Promise<KeptRounds<Round>> {
  const file = join(folder, `${name}.jsonl`);
  await mkdir(folder, { recursive: true });
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line<Round>);
  const write = (line: Line<Round>): Promise<void> => appendFile(file, `${JSON.stringify(line)}\n`);
  await write({ began: new Date().toISOString() });
  return {
    rounds: lines.flatMap((line) => ('round' in line ? [line.round] : [])),
    starts: lines.filter((line) => 'began' in line).length,
    add: (round) => write({ round }),
    clear: () => rm(file, { force: true }),
  };
}
