import { service } from '@dinhdanh/accounts';
import type { RunningService } from '@dinhdanh/kit';
import { HandClock, RecordingLog, runSql, ServiceClient } from '@dinhdanh/kit/testing';
import type { ServiceAnswer, TestCaller } from '@dinhdanh/kit/testing';
import { openServiceDatabases } from '../harness/service-database.ts';

/** The password and the passcode of everybody whom {@link addPerson} and {@link addStaff} make. */
export const SECRETS = { password: 'Right_Pass1!', passcode: '402917' } as const;

const HASHES = {
  password:
    '$argon2id$v=19$m=19456,t=2,p=1$jpw4onbVCT/ptKWSu6EA9g$a6asFCRAH+O59jAyr/RBnOOA063HW/VNvzor/Mrnc0k',
  passcode:
    '$argon2id$v=19$m=19456,t=2,p=1$diWL5EVBIJdtM7dVozqyqg$kPXYX3ukWntez0/zbc03WSmSI/2d+iMPlkJtj0WVEWA',
} as const;

/** Accounts on a database of its own, spoken to as the gateway would. */
export interface AccountsUnderTest {
  readonly databaseUrl: string;
  readonly client: ServiceClient;
  readonly clock: HandClock;
  readonly log: RecordingLog;
  readonly sql: <Row extends Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** Another process of the same service on the same database. */
  readonly startAnother: (settings?: unknown) => Promise<{ client: ServiceClient; service: RunningService }>;
  readonly stop: () => Promise<void>;
}

const key = Buffer.alloc(32, 7);

/** Starts accounts with nobody in it. */
export async function startAccounts(settings: unknown = {}): Promise<AccountsUnderTest> {
  const databases = await openServiceDatabases();
  const databaseUrl = await databases.create('accounts');
  await service.migrate(databaseUrl);
  const clock = new HandClock('2026-11-21T03:00:00Z');
  const log = new RecordingLog();
  const running: RunningService[] = [];
  const startAnother = async (others: unknown = settings) => {
    const started = await service.start({
      host: '127.0.0.1',
      port: 0,
      databaseUrl,
      callerKey: key,
      clock: clock.read,
      log,
      // What waits is looked for at the start and not in the middle of what a test counts.
      settings: { pollSeconds: 3_600, messagePollSeconds: 3_600, ...(others as object) },
    });
    running.push(started);
    return { client: new ServiceClient(started, key, clock.read), service: started };
  };
  const { client } = await startAnother();
  return {
    databaseUrl,
    client,
    clock,
    log,
    sql: (text, values) => runSql(databaseUrl, text, values),
    startAnother,
    stop: async () => {
      for (const started of running) await started.stop();
      await databases.stop();
    },
  };
}

/** Makes a person. One without credentials is known and cannot sign in, as bulk people are. */
export async function addPerson(
  { sql }: Pick<AccountsUnderTest, 'sql'>,
  person: { number: string; born?: string; status?: string; credentials?: boolean },
): Promise<string> {
  const subject = `subject-${person.number}`;
  await sql(
    `INSERT INTO accounts (subject, kind, level, status, personal_number, match_name, date_of_birth, phone, synthetic)
     VALUES ($1, 'CITIZEN', 2, $2::account_status, $3, 'nguyen van thu', $4, '+84900000123', true)`,
    [subject, person.status ?? 'ACTIVE', person.number, person.born ?? '1990-03-02'],
  );
  if (person.credentials !== false) {
    await sql(
      `INSERT INTO credentials (username, subject, password_hash, passcode_hash, changed_at) VALUES ($1, $2, $3, $4, now())`,
      [person.number, subject, HASHES.password, HASHES.passcode],
    );
  }
  return subject;
}

/** Makes a member of staff, called by their staff name. */
export async function addStaff(
  { sql }: Pick<AccountsUnderTest, 'sql'>,
  name: string,
  role: string,
): Promise<void> {
  await sql(`INSERT INTO staff (id, role, status, synthetic) VALUES ($1, $2::staff_role, 'ACTIVE', true)`, [
    `staff-${name}`,
    role,
  ]);
  await sql(
    `INSERT INTO credentials (username, staff_id, password_hash, passcode_hash, changed_at) VALUES ($1, $2, $3, $4, now())`,
    [name, `staff-${name}`, HASHES.password, HASHES.passcode],
  );
}

/** Relates two people as population's changes would have. */
export async function relate(
  { sql }: Pick<AccountsUnderTest, 'sql'>,
  relation: { guardian: string; ward: string; kind: string; endsOn?: string },
): Promise<void> {
  await sql(
    `INSERT INTO relations (id, guardian_number, ward_number, relation, ends_on) VALUES ($1, $2, $3, $4::ward_relation, $5)`,
    [
      `${relation.guardian}-${relation.ward}`,
      relation.guardian,
      relation.ward,
      relation.kind,
      relation.endsOn ?? null,
    ],
  );
}

/** Who stands before the gateway when somebody signs in. */
export function from(source: string, device: string | null = null, cookie = false): TestCaller {
  return { client: { address: source, device, cookie } };
}

/** Attempts to sign in. */
export function attempt(
  client: ServiceClient,
  input: { username: string; password?: string; passcode?: string },
  caller: TestCaller = from('somewhere'),
): Promise<ServiceAnswer> {
  return client.ask(
    'mutation($input: SignInInput!) { signIn(input: $input) { token expiresAt passcodeUntil } }',
    { input: { password: SECRETS.password, ...input } },
    caller,
  );
}

/** Signs in and gives the token. */
export async function signedIn(client: ServiceClient, username: string, passcode?: string): Promise<string> {
  const answer = await attempt(client, { username, ...(passcode === undefined ? {} : { passcode }) });
  const token: unknown = answer.body.data?.signIn?.token;
  if (typeof token !== 'string') throw new TypeError(`sign-in was refused: ${JSON.stringify(answer.body)}`);
  return token;
}

/** Asks the door who a token belongs to. */
export async function resolve(client: ServiceClient, session: string): Promise<ServiceAnswer['body']> {
  const { body } = await client.post('/resolve-caller', { sessions: [session] });
  return body.callers?.[0] ?? body;
}

/** The caller a session's own request would come with. */
export function callerOf(resolved: ServiceAnswer['body']): TestCaller {
  const own = resolved.self === null ? [] : [{ id: resolved.self.subject, as: 'self' as const, claims: [] }];
  return {
    act: resolved.actor,
    sid: resolved.sessionId,
    level: resolved.level,
    subjects: own,
    ids: resolved.self === null ? {} : { [resolved.self.subject]: resolved.self.ids },
  };
}

/** The code of an answer's only error. */
export function codeOf(answer: ServiceAnswer): string | undefined {
  return answer.body.errors?.[0]?.extensions?.code;
}
