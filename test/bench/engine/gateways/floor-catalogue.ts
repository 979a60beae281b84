import { entityRequest } from './floor-join.ts';
import type { Answered, Ask, Join } from './floor-join.ts';

const TINY = JSON.stringify('query($id:ID!){work(id:$id){title year}}');

/** The tiny query: one fetch, nothing to join. */
export const joinTiny: Join = async (ask, { id }) => {
  const { work } = await ask('works', `{"query":${TINY},"variables":{"id":${JSON.stringify(id)}}}`);
  return { work };
};

const WORKS = JSON.stringify({ query: '{works(first:12){id title year pages subjects authors{id}}}' });
const READERS = JSON.stringify({ query: '{readers(first:14){id name town since}}' });
const NOTES = JSON.stringify(
  'query($w:[_Any!]!$r:[_Any!]!){w:_entities(representations:$w){...on Work{notes{id stars text reader{id}}}}' +
    'r:_entities(representations:$r){...on Reader{notes{id stars text work{id notes{id stars text reader{id}}}}}}}',
);
const NAMES = JSON.stringify(
  'query($a:[_Any!]!$b:[_Any!]!){a:_entities(representations:$a){...on Reader{name town}}' +
    'b:_entities(representations:$b){...on Reader{name}}}',
);
const authorsInFull = entityRequest('...on Author{name born country}');
const authorsByName = entityRequest('...on Author{name}');
const stockInFull = entityRequest('...on Work{copies shelf price}');
const stockInPart = entityRequest('...on Work{copies price}');
const worksByKey = entityRequest('...on Work{title year authors{id}}');

/** The wide query: nine fetches in three to four steps, each entity asked for once in a fetch. */
export const joinWide: Join = async (ask) => {
  const rootWorks = ask('works', WORKS);
  const rootReaders = ask('readers', READERS);
  const aboutWorks = rootWorks.then(({ works }) =>
    Promise.all([
      asked(ask, 'stock', stockInFull, 'Work', idsOf(works)),
      asked(ask, 'authors', authorsInFull, 'Author', idsOf(authorsIn(works))),
    ]),
  );
  const [{ works }, { readers }] = await Promise.all([rootWorks, rootReaders]);
  const told = await ask('notes', withTwo(NOTES, 'w', 'Work', idsOf(works), 'r', 'Reader', idsOf(readers)));
  const ofWorks: Answered[] = told.w.flatMap(notesIn);
  const ofReaders: Answered[] = told.r.flatMap(notesIn);
  const noted = ofReaders.map(({ work }) => work);
  const notedIds = idsOf(noted);
  const nearIds = idsOf(ofWorks.map(readerOf));
  const farIds = idsOf(noted.flatMap(notesIn).map(readerOf));
  const [stock, titles, names, [stockOfWorks, authors]] = await Promise.all([
    asked(ask, 'stock', stockInPart, 'Work', notedIds),
    worksAndAuthors(ask, notedIds),
    ask('readers', withTwo(NAMES, 'a', 'Reader', nearIds, 'b', 'Reader', farIds)),
    aboutWorks,
  ]);
  const near = keyed(nearIds, names.a);
  const far = keyed(farIds, names.b);
  const [noteAuthors, noteWorks] = titles;
  return {
    works: works.map((work: Answered, index: number) => ({
      id: work.id,
      title: work.title,
      year: work.year,
      pages: work.pages,
      subjects: work.subjects,
      authors: work.authors.map(({ id }: Answered) => authors.get(id)),
      ...stockOfWorks.get(work.id),
      notes: told.w[index].notes.map((note: Answered) => ({ ...note, reader: near.get(note.reader.id) })),
    })),
    readers: readers.map((reader: Answered, index: number) => ({
      id: reader.id,
      name: reader.name,
      town: reader.town,
      since: reader.since,
      notes: told.r[index].notes.map(({ id, stars, text, work }: Answered) => {
        const { title, year, authors: by } = noteWorks.get(work.id);
        const { copies, price } = stock.get(work.id);
        return {
          id,
          stars,
          text,
          work: {
            id: work.id,
            title,
            year,
            copies,
            price,
            authors: by.map((author: Answered) => noteAuthors.get(author.id)),
            notes: work.notes.map((note: Answered) => ({ ...note, reader: far.get(note.reader.id) })),
          },
        };
      }),
    })),
  };
};

async function worksAndAuthors(
  ask: Ask,
  ids: readonly string[],
): Promise<[Map<string, Answered>, Map<string, Answered>]> {
  const works = await asked(ask, 'works', worksByKey, 'Work', ids);
  const authorIds = idsOf(authorsIn([...works.values()]));
  return [await asked(ask, 'authors', authorsByName, 'Author', authorIds), works];
}

async function asked(
  ask: Ask,
  service: string,
  request: (representations: string) => string,
  typeName: string,
  ids: readonly string[],
): Promise<Map<string, Answered>> {
  const { _entities: entities } = await ask(service, request(representations(typeName, ids)));
  return keyed(ids, entities);
}

function withTwo(
  query: string,
  one: string,
  oneType: string,
  oneIds: readonly string[],
  other: string,
  otherType: string,
  otherIds: readonly string[],
): string {
  return `{"query":${query},"variables":{"${one}":[${representations(oneType, oneIds)}],"${other}":[${representations(otherType, otherIds)}]}}`;
}

function representations(typeName: string, ids: readonly string[]): string {
  return ids.map((id) => `{"__typename":"${typeName}","id":${JSON.stringify(id)}}`).join(',');
}

function keyed(ids: readonly string[], entities: readonly Answered[]): Map<string, Answered> {
  return new Map(ids.map((id, index) => [id, entities[index]]));
}

function idsOf(entities: readonly Answered[]): readonly string[] {
  return [...new Set<string>(entities.map(({ id }) => id as string))];
}

function authorsIn(works: readonly Answered[]): readonly Answered[] {
  return works.flatMap(({ authors }) => authors as readonly Answered[]);
}

function notesIn({ notes }: Answered): readonly Answered[] {
  return notes as readonly Answered[];
}

function readerOf({ reader }: Answered): Answered {
  return reader;
}
