import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { brokenDocuments, readDocuments } from './changes/broken-documents.ts';
import type { Change, Severity } from './changes/change.ts';
import { claimChanges } from './changes/claim-changes.ts';
import { schemaChanges } from './changes/schema-changes.ts';
import { checkConsents } from './checks/check-consents.ts';
import { claimCatalogue } from './claims.ts';
import { composeSupergraph } from './compose-supergraph.ts';
import { readConsents } from './read-consents.ts';
import { subgraphNames } from './service-names.ts';
import { publicSchema, readSubgraph, supergraphFile } from './subgraph-files.ts';

/** What the command line says. */
interface Asked {
  readonly check: boolean;
  /** What `npm run export-consents` wrote. */
  readonly consents: string | undefined;
  /** The supergraph to compare with; the committed one where it is left out. */
  readonly against: string | undefined;
  /** A manifest of trusted documents. */
  readonly documents: readonly string[];
}

/** Nobody is broken · the schema is unlawful, or not what is committed · somebody would be broken. */
type ExitCode = 0 | 1 | 2;

/**
 * `npm run compose` writes schema/supergraph.graphql and says what changes by it; `npm run compose -- --check` compares
 * with the committed file, or another (`--against FILE`), instead. Named are the laws of the schema that are broken (1), and
 * whom a change would break (2): each breaking change, each trusted document (`--documents FILE`), each consent
 * (`--consents FILE`, what `npm run export-consents` wrote).
 */
function compose(asked: Asked): ExitCode {
  const subgraphs = subgraphNames.map((name) => ({ name, document: readSubgraph(name) }));
  const composition = composeSupergraph(subgraphs, new Set(claimCatalogue.map(({ id }) => id)));
  if (composition.problems !== undefined) return tell(composition.problems, 1);
  const { supergraph, paths } = composition;
  const missing = asked.documents.filter((file) => !existsSync(file));
  if (missing.length > 0) return tell([`There is no ${missing[0]}: npm run prepare makes it.`], 1);
  const base = asked.against ?? supergraphFile;
  const before = existsSync(base) ? readFileSync(base, 'utf8') : supergraph;
  const broken = [...tellChanges(before, supergraph), ...brokenBy(supergraph, asked)];
  if (asked.check && broken.length > 0) return tell(broken, 2);
  tell(broken, 0);
  if (!asked.check) writeFileSync(supergraphFile, supergraph);
  else if (supergraph !== readFileSync(supergraphFile, 'utf8')) {
    return tell(['schema/supergraph.graphql is not what its subgraphs compose to: run npm run compose.'], 1);
  }
  process.stdout.write(`${subgraphs.length} subgraphs compose; ${paths} paths from a root to a leaf plan.\n`);
  return 0;
}

/** Prints what changes and breaks nobody; gives the sentences of what does. */
function tellChanges(before: string, after: string): string[] {
  if (before === after) return [];
  const [was, is] = [publicSchema(before), publicSchema(after)];
  const changes = [...schemaChanges(was, is), ...claimChanges(was, is)];
  for (const severity of ['safe', 'dangerous'] as const) {
    for (const line of linesOf(changes, severity)) process.stdout.write(`${line}\n`);
  }
  return linesOf(changes, 'breaking');
}

function linesOf(changes: readonly Change[], severity: Severity): string[] {
  return changes.filter((change) => change.severity === severity).map(({ text }) => `${severity}: ${text}`);
}

/** The sentences of trusted documents and consents that the schema would break. */
function brokenBy(supergraph: string, { consents, documents }: Asked): string[] {
  const schema = publicSchema(supergraph);
  const listed = documents.flatMap((file) => readDocuments(readFileSync(file, 'utf8')));
  const given = consents === undefined ? [] : readConsents(readFileSync(consents, 'utf8'));
  const broken = [...brokenDocuments(listed, schema), ...checkConsents(given, schema)];
  if (broken.length > 0) return broken;
  if (consents !== undefined) process.stdout.write(`${given.length} consents read as they did.\n`);
  if (documents.length > 0) process.stdout.write(`${listed.length} trusted documents can be run.\n`);
  return [];
}

function tell(problems: readonly string[], code: ExitCode): ExitCode {
  process.stderr.write(problems.map((problem) => `${problem}\n`).join(''));
  return code;
}

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    consents: { type: 'string' },
    against: { type: 'string' },
    documents: { type: 'string', multiple: true, default: [] },
  },
});
process.exitCode = compose({
  check: values.check,
  consents: values.consents,
  against: values.against,
  documents: values.documents,
});
