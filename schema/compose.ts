import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { checkConsents } from './checks/check-consents.ts';
import { claimCatalogue } from './claims.ts';
import { composeSupergraph } from './compose-supergraph.ts';
import { readConsents } from './read-consents.ts';
import { subgraphNames } from './service-names.ts';
import { publicSchema, readSubgraph, supergraphFile } from './subgraph-files.ts';

/**
 * `npm run compose` writes schema/supergraph.graphql; `npm run compose -- --check` compares it with the committed
 * file instead. With `--consents FILE` (what `npm run export-consents` wrote) nothing that people have agreed to may
 * change. Exit code 1 and a sentence for each law of the schema, or consent, that is broken.
 */
function compose(check: boolean, consentsFile: string | undefined): number {
  const subgraphs = subgraphNames.map((name) => ({ name, document: readSubgraph(name) }));
  const composition = composeSupergraph(subgraphs, new Set(claimCatalogue.map(({ id }) => id)));
  if (composition.problems !== undefined) return tell(composition.problems);
  const { supergraph, paths } = composition;
  const consents = consentsFile === undefined ? [] : readConsents(readFileSync(consentsFile, 'utf8'));
  const broken = checkConsents(consents, publicSchema(supergraph));
  if (broken.length > 0) return tell(broken);
  if (!check) {
    writeFileSync(supergraphFile, supergraph);
  } else if (supergraph !== readFileSync(supergraphFile, 'utf8')) {
    return tell(['schema/supergraph.graphql is not what its subgraphs compose to: run npm run compose.']);
  }
  process.stdout.write(`${subgraphs.length} subgraphs compose; ${paths} paths from a root to a leaf plan.\n`);
  if (consentsFile !== undefined) process.stdout.write(`${consents.length} consents read as they did.\n`);
  return 0;
}

function tell(problems: readonly string[]): number {
  process.stderr.write(problems.map((problem) => `${problem}\n`).join(''));
  return 1;
}

const { values } = parseArgs({
  options: { check: { type: 'boolean', default: false }, consents: { type: 'string' } },
});
process.exitCode = compose(values.check, values.consents);
