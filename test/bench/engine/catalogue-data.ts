/** The library of {@link catalogueSchemas}: records drawn from a seed, the same in every run. */
import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { catalogueSchemas, TINY, WIDE } from './catalogue-schema.ts';
import type { BenchRequest, Dataset } from './dataset.ts';
import { drawFrom } from './draw.ts';

const WORKS = 300;
const AUTHORS = 90;
const READERS = 60;
const NOTES = 320;

const WORDS =
  'river stone harbour winter lantern orchard letter silver bridge garden monsoon archive island market thread summit';
const TOWNS = ['Huế', 'Đà Lạt', 'Cần Thơ', 'Hải Phòng', 'Vinh', 'Nha Trang'];

interface Entity {
  readonly id: string;
}

/** Makes the records and composes the supergraph. */
export function openCatalogueData(): Dataset {
  const resolvers = resolversOf();
  const documents = Object.entries(catalogueSchemas).map(([name, sdl]) => ({ name, typeDefs: parse(sdl) }));
  const composed = composeServices(
    documents.map(({ name, typeDefs }) => ({ name, url: `http://${name}.invalid/graphql`, typeDefs })),
  );
  if (composed.supergraphSdl === undefined) throw new Error(JSON.stringify(composed.errors));
  return {
    supergraph: composed.supergraphSdl,
    sdl: catalogueSchemas,
    subgraphs: Object.fromEntries(
      documents.map(({ name, typeDefs }) => [
        name,
        buildSubgraphSchema([{ typeDefs, resolvers: resolvers[name] }] as never),
      ]),
    ),
  };
}

/** The wide query; always the same. */
export function wideRequests(): readonly BenchRequest[] {
  return [{ query: WIDE }];
}

/** The tiny query for one work after the other. */
export function tinyRequests(): readonly BenchRequest[] {
  return Array.from({ length: WORKS }, (_, index) => ({ query: TINY, variables: { id: `w${index}` } }));
}

function resolversOf(): Record<string, unknown> {
  const { works, authors, stock, readers, notes } = recordsOf();
  const byId = <Kind extends Entity>(all: readonly Kind[]): ((reference: Entity) => Kind | null) => {
    const known = new Map(all.map((one) => [one.id, one]));
    return ({ id }) => known.get(id) ?? null;
  };
  const [work, author, inStock, reader, note] = [works, authors, stock, readers, notes].map((all) =>
    byId<Entity>(all),
  );
  return {
    works: {
      Query: {
        works: (_: unknown, { first }: { first: number }) => works.slice(0, first),
        work: (_: unknown, reference: Entity) => work?.(reference),
      },
      Work: { __resolveReference: work },
    },
    authors: {
      Query: { author: (_: unknown, reference: Entity) => author?.(reference) },
      Author: { __resolveReference: author },
    },
    stock: { Query: { shelves: () => [] }, Work: { __resolveReference: inStock } },
    notes: {
      Query: { note: (_: unknown, reference: Entity) => note?.(reference) },
      Work: { notes: ({ id }: Entity) => notes.filter(({ work: of }) => of.id === id) },
      Reader: { notes: ({ id }: Entity) => notes.filter(({ reader: by }) => by.id === id) },
      Note: { __resolveReference: note },
    },
    readers: {
      Query: { readers: (_: unknown, { first }: { first: number }) => readers.slice(0, first) },
      Reader: { __resolveReference: reader },
    },
  };
}

function recordsOf() {
  const { below, one } = drawFrom(20_261_122);
  const words = WORDS.split(' ');
  const phrase = (length: number): string => Array.from({ length }, () => one(words)).join(' ');
  const many = <Kind>(count: number, make: (index: number) => Kind): Kind[] =>
    Array.from({ length: count }, (_, index) => make(index));
  return {
    works: many(WORKS, (index) => ({
      id: `w${index}`,
      title: phrase(3 + below(3)),
      year: 1950 + below(76),
      pages: 80 + below(700),
      subjects: many(1 + below(3), () => one(words)),
      authors: many(1 + below(2), () => ({ id: `a${below(AUTHORS)}` })),
    })),
    authors: many(AUTHORS, (index) => ({
      id: `a${index}`,
      name: phrase(2),
      born: 1900 + below(100),
      country: one(['VNM', 'FRA', 'JPN', 'BRA', 'KEN']),
    })),
    stock: many(WORKS, (index) => ({
      id: `w${index}`,
      copies: below(9),
      shelf: `${one(words)}-${below(90)}`,
      price: 1_000 * (20 + below(400)),
    })),
    readers: many(READERS, (index) => ({
      id: `r${index}`,
      name: phrase(2),
      town: one(TOWNS),
      since: 2000 + below(26),
    })),
    notes: many(NOTES, (index) => ({
      id: `n${index}`,
      stars: 1 + below(5),
      text: phrase(6 + below(14)),
      // Half the notes are of a tenth of the works.
      work: { id: `w${below(below(2) === 0 ? WORKS / 10 : WORKS)}` },
      reader: { id: `r${below(READERS)}` },
    })),
  };
}
