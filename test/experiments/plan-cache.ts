import { readFileSync } from 'node:fs';
import { createEngine } from '@dinhdanh/gateway/engine';
import { collectGarbage } from '@dinhdanh/kit/testing';
import type { Experiment } from './experiment.ts';
import { rounded } from './experiment.ts';

const REQUESTS = 1_000_000;
const DOCUMENTS = 100_000;
/** The heap may end so much larger than it was once the caches were full. */
const MOST_GROWTH_MB = 16;

const FIELDS = ['fullName', 'dateOfBirth', 'sex', 'personalNumber', 'nationality'];
const supergraph = new URL('../../schema/supergraph.graphql', import.meta.url);

/** Most requests ask one of a few documents, the others each of a hundred thousand in turn. */
export const experiment: Experiment = {
  about: 'memory stays flat over a million requests of a hundred thousand different documents',
  run: async ({ share, screen }) => {
    const engine = await createEngine({ supergraph: readFileSync(supergraph, 'utf8') });
    const requests = Math.round(REQUESTS * share);
    const documents = Math.round(DOCUMENTS * share);
    const heap: number[] = [];
    for (let each = 0; each < requests; each += 1) {
      // Nine of ten are the same few; the tenth walks through all documents.
      const document = each % 10 === 0 ? (each / 10) % documents : each % 50;
      const query = queryOf(document);
      await engine.execute(await engine.plan(engine.prepare({ query }), new Map()), {
        fetch: () => Promise.resolve({ ok: false, code: 'SOURCE_UNAVAILABLE', reason: 'none' }),
        local: { caller: { person: () => ({ __typename: 'Citizen', subject: 'one' }) } },
        deadlineAt: Date.now() + 60_000,
        describe: ({ code }) => ({ message: code }),
      });
      if ((each + 1) % Math.ceil(requests / 20) > 0) continue;
      collectGarbage();
      heap.push(rounded(process.memoryUsage().heapUsed / 2 ** 20));
      screen.write(`${each + 1} requests, heap ${heap.at(-1)} MB\n`);
    }
    const [early = 0, late = 0] = [heap[3], heap.at(-1)];
    const { stats } = engine;
    return {
      holds: late - early <= MOST_GROWTH_MB,
      figures: {
        requests,
        documents,
        heapMb: heap,
        rssMb: rounded(process.memoryUsage().rss / 2 ** 20),
        plans: stats.plans,
        planHits: stats.planHits,
        documentsRead: stats.documents,
      },
    };
  },
};

function queryOf(document: number): string {
  const chosen = FIELDS.filter((_, at) => (document >> at) % 2 === 1);
  return `{ person { ageOver(years: ${document}) ${chosen.join(' ')} a${document}: fullName } }`;
}
