import { randomBytes, randomUUID } from 'node:crypto';
import type { CallerToken, RunningService, SubjectIdentifiers } from '@dinhdanh/kit';
import { HandClock, RecordingLog, runSql, ServiceClient } from '@dinhdanh/kit/testing';
import type { ServiceAnswer, TestCaller } from '@dinhdanh/kit/testing';
import { service } from '@dinhdanh/sharing';
import { openServiceDatabases } from '../harness/service-database.ts';

const callerKey = Buffer.alloc(32, 7);

/** Where the gateway would be. */
export const ORIGIN = 'https://dinhdanh.example';

/** Sharing on a database of its own, spoken to as the gateway would, with two relying parties in it. */
export interface ConsentsUnderTest {
  readonly client: ServiceClient;
  readonly clock: HandClock;
  readonly log: RecordingLog;
  readonly databaseUrl: string;
  readonly sql: <Row extends Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;
  readonly stop: () => Promise<void>;
}

/** Starts sharing; its background work follows a gateway only where the settings name one. */
export async function startConsents(settings: object = {}): Promise<ConsentsUnderTest> {
  const databases = await openServiceDatabases();
  const databaseUrl = await databases.create('sharing');
  await service.migrate(databaseUrl);
  const clock = new HandClock('2026-11-21T03:00:00Z');
  const log = new RecordingLog();
  const running: RunningService = await service.start({
    host: '127.0.0.1',
    port: 0,
    databaseUrl,
    callerKey,
    clock: clock.read,
    log,
    settings: {
      gatewayUrl: () => ORIGIN,
      signingKey: Buffer.alloc(32, 1),
      pairwiseKey: Buffer.alloc(32, 2),
      cookieKey: Buffer.alloc(32, 3),
      nonceKey: Buffer.alloc(32, 4),
      ...settings,
    },
  });
  const sql: ConsentsUnderTest['sql'] = (text, values) => runSql(databaseUrl, text, values);
  for (const id of ['hotel', 'bank'])
    await sql(
      `INSERT INTO relying_parties (id, organisation_id, legal_name, display_name, tax_code, sector, domain, data_contact,
         redirect_uris, state, registered_by, registered_at)
       VALUES ($1, 'organisation', $2, 'Shown', '0100000000', 'lodging', $3, 'data@x.example', '{}', 'APPROVED', 'somebody', now())`,
      [id, `Công ty ${id}`, `${id}.example`],
    );
  return {
    client: new ServiceClient(running, callerKey, clock.read),
    clock,
    log,
    databaseUrl,
    sql,
    stop: async () => {
      await running.stop();
      await databases.stop();
    },
  };
}

/** An item as it stands in a request. */
export function item(id: string, claim: string, marks: object = {}): Record<string, unknown> {
  const label = { vi: id, en: id };
  return {
    id,
    claim,
    fields: [id],
    label,
    voluntary: false,
    sensitive: false,
    separateTick: false,
    ...marks,
  };
}

/** What is asked unless a test says otherwise: a name, and an age one may leave out. */
export const ASKED = {
  document: '{person{ageOver(years:18) fullName}}',
  hash: 'hash-of-the-document',
  items: [
    item('person.fullName', 'identity.basic'),
    item('person.ageOver(years:18)', 'age.over', { voluntary: true }),
  ],
  purposeText: { vi: 'Nhận phòng', en: 'To check in' },
  retentionDays: 30,
  fetch: 'STANDING',
  frequency: { times: 1, per: 'P1D' },
  validUntil: '2027-03-01T00:00:00.000Z',
  refusalMeans: { vi: 'Xuất trình giấy tờ.', en: 'Show a document.' },
};

/** A request that waits, with the key of its code. */
export interface Waiting {
  readonly handle: string;
  readonly codeKey: Buffer;
  readonly codeFrom: Date;
}

/** Puts down a request as the authorization server would. */
export async function askFor(
  { sql, clock }: Pick<ConsentsUnderTest, 'sql' | 'clock'>,
  given: { readonly party?: string; readonly ask?: object } = {},
): Promise<Waiting> {
  const handle = randomBytes(24).toString('base64url');
  const codeKey = randomBytes(32);
  const now = clock.read();
  await sql(
    `INSERT INTO share_requests (handle, interaction, party_id, state, ask, purpose, code_key, code_from, claim_until,
       origin_hash, origin_network, origin_device, created_at)
     VALUES ($1, $2, $3, 'WAITING', $4, 'hotel_check_in', $5, $6, $7, 'somewhere', '203.0.113.x', 'a browser', $6)`,
    [
      handle,
      randomUUID(),
      given.party ?? 'hotel',
      JSON.stringify({ ...ASKED, ...given.ask }),
      codeKey,
      now,
      new Date(now.getTime() + 120_000),
    ],
  );
  return { handle, codeKey, codeFrom: now };
}

/** Who calls: a person of full age at level 2, unless told otherwise. */
export function person(
  subject: string,
  given: {
    readonly born?: string;
    readonly level?: 0 | 1 | 2;
    readonly number?: string;
    readonly confirmed?: NonNullable<CallerToken['confirmed']>;
    readonly wards?: readonly {
      readonly relation: string;
      readonly subject: string;
      readonly born: string;
    }[];
  } = {},
): TestCaller {
  const wards = given.wards ?? [];
  return {
    act: { kind: 'person', id: subject },
    level: given.level ?? 2,
    subjects: [
      { id: subject, as: 'self', claims: [] },
      ...wards.map((ward) => ({
        id: ward.subject,
        as: 'guardian' as const,
        claims: [],
        relation: ward.relation,
      })),
    ],
    ids: Object.fromEntries([
      [subject, { ...identifiers(given.born ?? '1990-03-02'), ...numbered(given.number) }],
      ...wards.map((ward) => [ward.subject, identifiers(ward.born)] as const),
    ]),
    client: { address: 'somewhere', device: null, cookie: true },
    ...(given.confirmed === undefined ? {} : { confirmed: given.confirmed }),
  };
}

function numbered(personalNumber: string | undefined): Partial<SubjectIdentifiers> {
  return personalNumber === undefined ? {} : { personalNumber };
}

function identifiers(dateOfBirth: string): SubjectIdentifiers {
  return {
    kind: 'CITIZEN',
    personalNumber: '097000000000',
    cancelledNumbers: [],
    oldIdNumber: null,
    matchName: 'nguyen van thu',
    dateOfBirth,
    passports: [],
  };
}

/** A confirmation made at the moment of a clock. */
export function confirmedAt(
  clock: HandClock,
  id: string = randomUUID(),
): NonNullable<CallerToken['confirmed']> {
  return { id, at: clock.read().toISOString(), method: 'passcode' };
}

/** The code and reason of an answer's only error. */
export function refusalOf(
  answer: ServiceAnswer,
): { code?: string; reason?: string; field?: string } | undefined {
  return answer.body.errors?.[0]?.extensions;
}

/** What the gateway was told of consents beside an answer. */
export function toldBy(answer: ServiceAnswer): Record<string, unknown>[] {
  const header = answer.headers.get('consent-event');
  return header === null ? [] : JSON.parse(Buffer.from(header, 'base64url').toString());
}
