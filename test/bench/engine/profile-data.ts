/**
 * Our own supergraph as it is committed, over the records of the synthetic people. `Query.person`, which the product
 * answers inside its gateway from the caller it has verified, is a subgraph like the others here, for our gateway and for
 * the floor too: it is told who is asked for in a header.
 */
import { buildSubgraphSchema } from '@apollo/subgraph';
import { DEFAULT_SEED, people, SEED_TODAY } from '@dinhdanh/people';
import type { SyntheticPerson } from '@dinhdanh/people';
import { readSubgraph, readSupergraph, registryNames } from '@dinhdanh/schema';
import type { SubgraphName } from '@dinhdanh/schema';
import { recordsOf } from '../person-records.ts';
import { PROFILE } from '../profile-query.ts';
import type { BenchRequest, Dataset, TruthContext } from './dataset.ts';

/** How many people are asked for in turn. */
export const PEOPLE = 2_000;

/** A person as every registry has them. */
interface Profile {
  readonly kind: 'Citizen' | 'ForeignResident';
  readonly records: Readonly<Record<string, unknown>>;
}

interface Reference {
  readonly subject: string;
}

/** Reads the committed supergraph and computes the people. */
export function openProfileData(): Dataset {
  const resolvers = resolversOf(new Map(profilesOf()));
  const names: readonly SubgraphName[] = ['caller', ...registryNames];
  return {
    supergraph: readSupergraph(),
    subgraphs: Object.fromEntries(
      names.map((name) => [
        name,
        buildSubgraphSchema([{ typeDefs: readSubgraph(name), resolvers: resolvers[name] }] as never),
      ]),
    ),
  };
}

type Resolve = Readonly<Record<string, unknown>>;

function resolversOf(profiles: ReadonlyMap<string, Profile>): Readonly<Record<string, Resolve>> {
  const reference = (service: string, typeName: string): Resolve => ({
    __resolveReference: ({ subject }: Reference) => {
      const found = profiles.get(subject)?.records[service];
      return found === undefined ? null : Object.assign({ __typename: typeName, subject }, found);
    },
  });
  const merged = (service: string): Resolve => ({ Person: reference(service, 'Person') });
  return {
    caller: {
      Query: {
        person: (_: unknown, __: unknown, { subject }: TruthContext) => {
          const profile = profiles.get(subject);
          return profile === undefined ? null : { __typename: profile.kind, subject };
        },
      },
    },
    population: { Citizen: reference('population', 'Citizen') },
    immigration: {
      Citizen: reference('immigration', 'Citizen'),
      ForeignResident: reference('immigration', 'ForeignResident'),
    },
    'driving-licences': merged('driving-licences'),
    vehicles: merged('vehicles'),
    'social-insurance': merged('social-insurance'),
  };
}

/** The people asked for in turn, each by their key. */
export function subjects(): readonly string[] {
  return Array.from({ length: PEOPLE }, (_, index) => subjectOf(index));
}

/** The profile of each person. */
export function profileRequests(): readonly BenchRequest[] {
  return subjects().map((subject) => ({ query: PROFILE, subject }));
}

function* profilesOf(): Generator<[string, Profile]> {
  let place = 0;
  for (const person of people({ count: PEOPLE, seed: DEFAULT_SEED, today: SEED_TODAY })) {
    yield [subjectOf(place), profileOf(person)];
    place += 1;
    if (place === PEOPLE) return;
  }
}

/** As long as the keys of the product: 16 bytes in base64url. */
function subjectOf(place: number): string {
  return `s_${place.toString().padStart(20, '0')}`;
}

function profileOf(person: SyntheticPerson): Profile {
  return {
    kind: person.kind === 'CITIZEN' ? 'Citizen' : 'ForeignResident',
    records: recordsOf(person),
  };
}
