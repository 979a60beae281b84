/** One call of the tool: arguments in, words and an exit code out. */
import { rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkExport } from './check-export.ts';
import { type Options, parseOptions, readPolicies, readRequest } from './command-line.ts';
import type { Language } from './config.ts';
import { directorySource } from './directory-source.ts';
import { SourceUnreadable, UsageError, VerificationFailure } from './findings.ts';
import { progressBar, type ProgressScreen } from './progress-bar.ts';
import type { ProgressSink } from './recompute-range.ts';
import { exportText, findingText, reportLines, troubleText, verifiedText } from './texts.ts';
import { usageTexts } from './usage-text.ts';
import { verifyLog, type VerifyReport } from './verify-log.ts';

/** The world as one call sees it. */
export interface RunWorld {
  readonly language: Language;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: ProgressScreen;
  /** Unix time, for cosignatures; and a clock that only goes forward, for rates. */
  readonly nowSeconds: () => number;
  readonly ticksMs: () => number;
}

/** 0 all holds, 1 something does not, 2 it could not be found out. */
export type ExitCode = 0 | 1 | 2;

const MOST_FILE_BYTES = 256 * 1024 * 1024;

/** Runs the tool. Writes nothing but its words, and the last seen checkpoint when all held. */
export async function run(args: readonly string[], world: RunWorld): Promise<ExitCode> {
  let values: Options = {};
  try {
    values = parseOptions(args);
    if (values.help === true || args.length === 0) {
      world.stdout.write(usageTexts[world.language]);
      return values.help === true ? 0 : 2;
    }
    const started = world.ticksMs();
    const bar = (): ProgressSink => progressBar(world.stderr, world.language, world.ticksMs);
    if (values.export !== undefined) {
      const lines = await checkExport(values.export, readPolicies(values, world.nowSeconds()), bar());
      tellExport(lines, values, world);
      if (values.log === undefined) return 0;
    }
    const request = await readRequest(values, readFile, world.nowSeconds());
    const report = await verifyLog(request, bar());
    const lastSeen = values['last-seen'];
    if (lastSeen !== undefined && report.checkpoint !== null) await replaceFile(lastSeen, report.checkpoint);
    const seconds = (world.ticksMs() - started) / 1000;
    world.stdout.write(
      values.json === true
        ? `${JSON.stringify(reportJson(report))}\n`
        : `${reportLines(report, seconds, world.language).join('\n')}\n`,
    );
    return 0;
  } catch (error) {
    return tell(error, values, world);
  }
}

function tellExport(lines: number, { json, log }: Options, { language, stdout }: RunWorld): void {
  if (json !== true) stdout.write(`${exportText(lines, language)}\n`);
  if (log !== undefined) return;
  stdout.write(
    json === true ? `${JSON.stringify({ verified: true, lines })}\n` : `${verifiedText(language)}\n`,
  );
}

function readFile(path: string): Promise<Uint8Array | null> {
  return directorySource('').read(path, MOST_FILE_BYTES);
}

/** A reader after a crash finds the old checkpoint or the new one, never half of one. */
async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  try {
    const fresh = `${path}.new`;
    await writeFile(fresh, bytes, { flush: true });
    await rename(fresh, path);
  } catch (error) {
    throw new SourceUnreadable(`${dirname(path)}: ${error instanceof Error ? error.message : 'unwritable'}`);
  }
}

function reportJson({ opened, grewFrom, provedIndex, included, recomputed, served }: VerifyReport): object {
  const { origin, size, root } = opened.checkpoint;
  return {
    verified: true,
    origin,
    size,
    root: Buffer.from(root).toString('base64'),
    cosignatures: opened.cosignatures.map(({ witness, timeSeconds }) => ({
      name: witness.name,
      timeSeconds,
    })),
    grewFrom,
    provedIndex,
    included,
    recomputed,
    served,
  };
}

function tell(error: unknown, { json }: Options, { language, stdout, stderr }: RunWorld): ExitCode {
  if (error instanceof VerificationFailure) {
    const { finding } = error;
    const text = findingText(finding, language);
    stdout.write(json === true ? `${JSON.stringify({ verified: false, ...finding, text })}\n` : `${text}\n`);
    return 1;
  }
  if (error instanceof SourceUnreadable || error instanceof UsageError) {
    const what = error instanceof UsageError ? 'usage' : 'unread';
    stderr.write(`${troubleText(what, error.message, language)}\n`);
    return 2;
  }
  throw error;
}
