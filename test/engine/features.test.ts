import { describe, expect, test } from 'vitest';
import { abstractCases } from './cases/abstract.ts';
import { keyCases } from './cases/keys.ts';
import { nullCases } from './cases/nulls.ts';
import { operationCases } from './cases/operations.ts';
import { requiresCases } from './cases/requires.ts';
import { valueCases } from './cases/values.ts';
import { federate } from './federate.ts';

const areas = {
  'entities and keys': keyCases,
  'what services need of each other': requiresCases,
  'interfaces and unions': abstractCases,
  'leaves, arguments and inputs': valueCases,
  operations: operationCases,
  'nulls and errors': nullCases,
};

for (const [area, cases] of Object.entries(areas)) {
  describe(`${area} are answered as by one server that holds all the data`, () => {
    for (const { title, subgraphs, supergraph, world, asks } of cases) {
      test(title, async () => {
        const { compare } = await federate(subgraphs, supergraph);
        for (const ask of asks) {
          const [query, variables] = typeof ask === 'string' ? [ask, {}] : ask;
          expect({ query, differences: (await compare(world, query, { ...variables })).differences }).toEqual(
            {
              query,
              differences: [],
            },
          );
        }
      });
    }
  });
}
