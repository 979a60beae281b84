import type { SourceAnswer, SourceRequest } from '@dinhdanh/gateway/engine';

/** Asks one service with one body. */
export type Ask = (
  service: string,
  body: string,
  takeBytes?: SourceRequest['takeBytes'],
) => Promise<SourceAnswer>;

// oxlint-disable-next-line no-explicit-any -- the floor checks nothing
/** A parsed JSON object, of which the hand-written join checks nothing. */
// oxlint-disable-next-line typescript/no-explicit-any -- what is read without a check has no type
type Loose = Record<string, any>;

async function load(ask: Ask, service: string, query: string, variables: string): Promise<Loose> {
  const answer = await ask(service, `{"query":${query},"variables":${variables}}`);
  if ('errors' in answer && answer.errors) throw new TypeError(JSON.stringify(answer.errors));
  return (answer as { data: Loose }).data;
}

const text = (query: string): string => JSON.stringify(query.replaceAll(/\s+/gu, ' '));

const sources = '$r: [_Any!]!';
const profileParts = [
  [
    'population',
    text(`query(${sources}) { _entities(representations: $r) { ... on Citizen { fullName dateOfBirth sex personalNumber
      permanentResidence { text asOf source { database fetchedAt } } } } }`),
  ],
  [
    'immigration',
    text(
      `query(${sources}) { _entities(representations: $r) { ... on Citizen { passports { ... on Passport { number holderName } } } } }`,
    ),
  ],
  [
    'driving-licences',
    text(`query(${sources}) { _entities(representations: $r) { ... on Person {
      drivingLicences { number classes { class } source { database agency fetchedAt } } } } }`),
  ],
  [
    'vehicles',
    text(
      `query(${sources}) { _entities(representations: $r) { ... on Person { vehicles { plate brand } } } }`,
    ),
  ],
  [
    'social-insurance',
    text(`query(${sources}) { _entities(representations: $r) { ... on Person {
      socialInsurance { number } healthInsurance { number } } } }`),
  ],
] as const;

/** The profile joined by hand: what is left when there is no GraphQL. */
export async function profileFloor(ask: Ask, person: string): Promise<string> {
  const key = JSON.stringify(person);
  const citizen = `{"r":[{"__typename":"Citizen","subject":${key}}]}`;
  const plain = `{"r":[{"__typename":"Person","subject":${key}}]}`;
  const answers = await Promise.all(
    profileParts.map(([service, query], at) => load(ask, service, query, at < 2 ? citizen : plain)),
  );
  const joined: Loose = { __typename: 'Citizen' };
  for (const answer of answers) Object.assign(joined, answer['_entities'][0]);
  return JSON.stringify({ data: { person: joined } });
}

const remarksBelow = 'id text author { id remarks { id text work { code } } }';
const topQuery = text('{ topWorks(first: 5) { code title price weight } }');
const peopleQuery = text('{ people { id handle name } }');
const remarksQuery = text(`query($w: [_Any!]!, $p: [_Any!]!) {
  w: _entities(representations: $w) { ... on Work { remarks { ${remarksBelow} } } }
  p: _entities(representations: $p) { ... on Person { remarks { id text work { code remarks { ${remarksBelow} } } } } } }`);
const worksQuery = text(
  `query(${sources}) { _entities(representations: $r) { ... on Work { title price weight } } }`,
);
const authorsQuery = text(
  `query(${sources}) { _entities(representations: $r) { ... on Person { handle name } } }`,
);
const stockQuery = text(
  `query(${sources}) { _entities(representations: $r) { ... on Work { inStock shipping } } }`,
);

/** The catalogue joined by hand, each entity asked once and filled in wherever it stands. */
export async function catalogueFloor(ask: Ask): Promise<string> {
  const [{ topWorks }, { people }] = await Promise.all([
    load(ask, 'works', topQuery, '{}'),
    load(ask, 'people', peopleQuery, '{}'),
  ]);
  const [remarks] = await Promise.all([
    load(ask, 'remarks', remarksQuery, `{"w":${worksText(topWorks)},"p":${peopleText(people)}}`),
    fill(
      ask,
      'stock',
      stockQuery,
      `{"r":${stockText(topWorks)}}`,
      topWorks.map((each: Loose) => [each]),
    ),
  ]);
  const works = new Map<string, Loose[]>();
  const authors = new Map<string, Loose[]>();
  const meetRemarks = (list: readonly Loose[]): void => {
    for (const { author, work } of list) {
      if (author) {
        meet(authors, author['id'], author);
        meetRemarks(author['remarks']);
      }
      if (!work) continue;
      meet(works, work['code'], work);
      if (work['remarks']) meetRemarks(work['remarks']);
    }
  };
  for (const [at, part] of remarks['w'].entries()) {
    topWorks[at].remarks = part.remarks;
    meetRemarks(part.remarks);
  }
  for (const [at, part] of remarks['p'].entries()) {
    people[at].remarks = part.remarks;
    meetRemarks(part.remarks);
  }
  const workLists = [...works.values()];
  const firstWorks = workLists.map((each) => each[0]);
  const firstAuthors = [...authors.values()].map((each) => each[0]);
  await Promise.all([
    fill(ask, 'works', worksQuery, `{"r":${worksText(firstWorks)}}`, workLists).then(() =>
      fill(ask, 'stock', stockQuery, `{"r":${stockText(firstWorks)}}`, workLists),
    ),
    fill(ask, 'people', authorsQuery, `{"r":${peopleText(firstAuthors)}}`, [...authors.values()]),
  ]);
  return JSON.stringify({ data: { people, topWorks } });
}

function meet(met: Map<string, Loose[]>, key: string, thing: Loose): void {
  const known = met.get(key);
  if (known) known.push(thing);
  else met.set(key, [thing]);
}

async function fill(
  ask: Ask,
  service: string,
  query: string,
  variables: string,
  targets: readonly (readonly Loose[])[],
): Promise<void> {
  const { _entities: entities } = await load(ask, service, query, variables);
  for (const [at, list] of targets.entries()) for (const each of list) Object.assign(each, entities[at]);
}

const worksText = (list: readonly Loose[]): string =>
  `[${list.map(({ code }) => `{"__typename":"Work","code":${JSON.stringify(code)}}`).join(',')}]`;
const stockText = (list: readonly Loose[]): string =>
  `[${list.map(({ code, price, weight }) => `{"__typename":"Work","price":${price},"weight":${weight},"code":${JSON.stringify(code)}}`).join(',')}]`;
const peopleText = (list: readonly Loose[]): string =>
  `[${list.map(({ id }) => `{"__typename":"Person","id":${JSON.stringify(id)}}`).join(',')}]`;
