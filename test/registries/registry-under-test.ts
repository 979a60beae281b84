import type { RunningService, Seed, Service, SubjectIdentifiers } from '@dinhdanh/kit';
import { HandClock, RecordingLog, runSql, ServiceClient } from '@dinhdanh/kit/testing';
import type { ServiceAnswer, TestCaller } from '@dinhdanh/kit/testing';
import { openServiceDatabases } from '../harness/service-database.ts';

/** A registry on a database of its own, spoken to as the gateway would. */
export interface RegistryUnderTest {
  readonly databaseUrl: string;
  readonly origin: string;
  readonly client: ServiceClient;
  readonly clock: HandClock;
  readonly log: RecordingLog;
  readonly sql: <Row extends Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;
  readonly stop: () => Promise<void>;
}

/** The key registries under test share with the tests. */
export const REGISTRY_KEY = Buffer.alloc(32, 7);

/** What every registry under test is seeded with. */
export const SEEDED = { seed: '20261121', people: 400, today: '2026-11-21' } as const;

/** Starts a registry, seeded with the cast and some hundred people. */
export async function startRegistry(service: Service, seed: Seed): Promise<RegistryUnderTest> {
  const databases = await openServiceDatabases();
  const databaseUrl = await databases.create(service.name);
  await service.migrate(databaseUrl);
  await seed({ ...SEEDED, databaseUrl, progress: () => undefined });
  const clock = new HandClock(`${SEEDED.today}T03:00:00Z`);
  const log = new RecordingLog();
  const running: RunningService = await service.start({
    host: '127.0.0.1',
    port: 0,
    databaseUrl,
    callerKey: REGISTRY_KEY,
    clock: clock.read,
    log,
  });
  return {
    databaseUrl,
    origin: running.origin,
    client: new ServiceClient(running, REGISTRY_KEY, clock.read),
    clock,
    log,
    sql: (text, values) => runSql(databaseUrl, text, values),
    stop: async () => {
      await running.stop();
      await databases.stop();
    },
  };
}

/** Somebody an account was made for: whom caller tokens speak of. */
export interface Subject {
  readonly subject: string;
  readonly identifiers: SubjectIdentifiers;
}

/** A subject made of a record alone, for people who have no account. */
export function subjectOf(
  subject: string,
  identifiers: Partial<SubjectIdentifiers> & Pick<SubjectIdentifiers, 'personalNumber'>,
): Subject {
  return {
    subject,
    identifiers: {
      kind: 'CITIZEN',
      cancelledNumbers: [],
      oldIdNumber: null,
      matchName: 'nguyen van thu',
      dateOfBirth: '1990-03-02',
      passports: [],
      ...identifiers,
    },
  };
}

/** The caller who may read these subjects and nobody else. */
export function callerOf(...subjects: readonly Subject[]): TestCaller {
  return {
    act: { kind: 'person', id: subjects[0]?.subject ?? 'nobody' },
    level: 2,
    subjects: subjects.map(({ subject }) => ({ id: subject, as: 'self', claims: ['everything'] })),
    ids: Object.fromEntries(subjects.map(({ subject, identifiers }) => [subject, identifiers])),
  };
}

/** Asks for entities as a gateway's plan does. */
export function entities(
  { client }: Pick<RegistryUnderTest, 'client'>,
  selection: string,
  representations: readonly Readonly<Record<string, string>>[],
  caller: TestCaller,
): Promise<ServiceAnswer> {
  return client.ask(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`,
    { representations },
    caller,
  );
}

/** The codes of an answer's errors, each with its path. */
export function failures(answer: ServiceAnswer): [code: string, path: string][] {
  const errors: { path: string[]; extensions: { code: string } }[] = answer.body.errors ?? [];
  return errors.map(({ path, extensions }) => [extensions.code, path.join('.')]);
}
