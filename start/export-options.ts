import { parseArgs } from 'node:util';
import type { ServiceName } from './service-names.ts';
import { StartError } from './start-error.ts';

/** What the command line of `npm run export-served` says. */
export interface ExportOptions {
  readonly service: ServiceName;
  /** From this instant on, and before that one: RFC 3339, UTC, milliseconds; null for all there is. */
  readonly from: string | null;
  readonly to: string | null;
}

const USAGE = 'npm run --silent export-served -- <service> [--from DATE] [--to DATE]';

/** Reads the command line. @throws StartError naming the word that is wrong */
export function readExportOptions(words: readonly string[], services: readonly ServiceName[]): ExportOptions {
  const { values, positionals } = takeApart(words);
  const [name, ...more] = positionals;
  const service = services.find((known) => known === name);
  if (service === undefined || more.length > 0)
    throw new StartError(`It takes the name of one service, of ${services.join(', ')}: ${USAGE}.`);
  return { service, from: readInstant('--from', values.from), to: readInstant('--to', values.to) };
}

function takeApart(words: readonly string[]): {
  values: { from?: string; to?: string };
  positionals: string[];
} {
  try {
    return parseArgs({
      args: [...words],
      options: { from: { type: 'string' }, to: { type: 'string' } },
      allowPositionals: true,
    });
  } catch {
    throw new StartError(`The command line is not right: ${USAGE}.`);
  }
}

/** A day begins at its midnight UTC, as the times in the export do. */
function readInstant(option: string, word: string | undefined): string | null {
  if (word === undefined) return null;
  const form = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z)?$/;
  const instant = new Date(form.test(word) ? word : Number.NaN);
  if (Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(word.slice(0, 10)))
    throw new StartError(`${option} takes a date or an instant in UTC, 2026-11-21 or 2026-11-21T03:04:05Z.`);
  return instant.toISOString();
}
