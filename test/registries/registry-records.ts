import { attestHolder, matchName } from '@dinhdanh/kit';
import type { SubjectIdentifiers } from '@dinhdanh/kit';
import { castPeople, people } from '@dinhdanh/people';
import type { Persona, RowHolder, SyntheticPerson } from '@dinhdanh/people';
import { countStatements } from '../harness/service-database.ts';
import { callerOf, entities, REGISTRY_KEY, SEEDED } from './registry-under-test.ts';
import type { RegistryUnderTest, Subject } from './registry-under-test.ts';

/** The selection of every `source`. */
export const SOURCE = 'source { database agency fetchedAt verifiedAt assurance synthetic }';

/** Whom caller tokens speak of when a persona asks. */
export function subjectOfPersona({ account }: Pick<Persona, 'account'>): Subject {
  if (account.identifiers === null) throw new TypeError('staff are nobody’s record');
  return { subject: account.subject, identifiers: account.identifiers };
}

/** Everybody a registry was seeded with, with the identifiers that population verified. */
function seededPeople(): { person: SyntheticPerson; subject: Subject }[] {
  const drawn = people({ count: SEEDED.people, seed: SEEDED.seed, today: SEEDED.today });
  return [...castPeople, ...drawn].flatMap((person) => {
    const identifiers = person.account?.identifiers ?? identifiersOf(person);
    return identifiers === undefined
      ? []
      : [{ person, subject: { subject: `subject-${person.index}`, identifiers } }];
  });
}

function identifiersOf({ population, immigration }: SyntheticPerson): SubjectIdentifiers | undefined {
  if (population === undefined) return undefined;
  return {
    kind: 'CITIZEN',
    personalNumber: population.personalNumber,
    cancelledNumbers: population.previousNumbers,
    oldIdNumber: population.oldIdNumber,
    matchName: matchName(population.fullName),
    dateOfBirth: population.dateOfBirth,
    passports: (immigration?.passports ?? []).map(({ number }) => number),
  };
}

/** How many people are asked for at once: a batch of the gateway's may hold as many. */
const BATCH = 50;

/** Asks for everybody a registry was seeded with, fifty at a time, and gives what it told of each. */
export async function tellEverybody(registry: RegistryUnderTest, selection: string) {
  const everybody = seededPeople();
  const told = [];
  for (let from = 0; from < everybody.length; from += BATCH) {
    const batch = everybody.slice(from, from + BATCH);
    const jti = `batch-${from}.0`;
    const asked = batch.map(({ subject }) => ({ __typename: 'Person', subject: subject.subject }));
    const caller = { ...callerOf(...batch.map(({ subject }) => subject)), jti };
    const { body } = await entities(registry, selection, asked, caller);
    if (body.errors !== undefined) throw new TypeError(JSON.stringify(body.errors));
    told.push(...batch.map((one, place) => ({ ...one, jti, answer: body.data._entities[place] })));
  }
  return told;
}

/** Whether a row may be shown to its owner: by number, or by an old number with the same name and birth date. */
export function isShown({ holder }: { readonly holder: RowHolder }, { identifiers }: Subject): boolean {
  if (holder.personalNumber !== null) return true;
  return (
    matchName(holder.fullName) === identifiers.matchName && holder.dateOfBirth === identifiers.dateOfBirth
  );
}

/** What a registry tells of whose row it is and where it comes from, for a record as it was seeded. */
export function toldOfRow(
  record: { readonly holder: RowHolder; readonly verifiedAt: string; readonly assurance: string },
  jti: string,
  database: { readonly database: string; readonly agency: string },
) {
  const { personalNumber, oldIdNumber, passportNumber, fullName, dateOfBirth } = record.holder;
  return {
    holder: attestHolder(REGISTRY_KEY, jti, personalNumber ?? oldIdNumber ?? passportNumber ?? ''),
    holderName: fullName,
    holderDateOfBirth: dateOfBirth,
    source: {
      ...database,
      fetchedAt: `${SEEDED.today}T03:00:00.000Z`,
      verifiedAt: new Date(record.verifiedAt).toISOString(),
      assurance: personalNumber === null ? 'MATCHED' : record.assurance,
      synthetic: true,
    },
  };
}

/** Each table and how many statements it was sent while something ran. */
export async function statementsByTable(
  { databaseUrl }: RegistryUnderTest,
  run: () => Promise<unknown>,
): Promise<[table: string, calls: number][]> {
  const statements = await countStatements(databaseUrl, run);
  return [...statements]
    .map(([text, calls]): [string, number] => [
      /(?:FROM|INTO) (?:"public".)?"(\w+)"/.exec(text)?.[1] ?? text,
      calls,
    ])
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
}
