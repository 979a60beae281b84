import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { claimCatalogue } from './claims.ts';
import { composeSupergraph } from './compose-supergraph.ts';
import { subgraphNames } from './service-names.ts';
import { readSubgraph, supergraphFile } from './subgraph-files.ts';

/**
 * `npm run compose` writes schema/supergraph.graphql; `npm run compose -- --check` compares it with the committed
 * file instead. Exit code 1 and a sentence for each law of the schema that is broken.
 */
function compose(check: boolean): number {
  const subgraphs = subgraphNames.map((name) => ({ name, document: readSubgraph(name) }));
  const composition = composeSupergraph(subgraphs, new Set(claimCatalogue.map(({ id }) => id)));
  if (composition.problems !== undefined) {
    process.stderr.write(composition.problems.map((problem) => `${problem}\n`).join(''));
    return 1;
  }
  const { supergraph, paths } = composition;
  if (!check) {
    writeFileSync(supergraphFile, supergraph);
  } else if (supergraph !== readFileSync(supergraphFile, 'utf8')) {
    process.stderr.write(
      'schema/supergraph.graphql is not what its subgraphs compose to: run npm run compose.\n',
    );
    return 1;
  }
  process.stdout.write(`${subgraphs.length} subgraphs compose; ${paths} paths from a root to a leaf plan.\n`);
  return 0;
}

process.exitCode = compose(process.argv.includes('--check'));
