import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { choosePlace } from '@dinhdanh/start';
import type { Demo, DemoPerson } from '@dinhdanh/start';
import { ask, at, readDemo, signIn } from '../../harness/client.ts';
import type { Answer } from '../../harness/client.ts';
import { TemporaryFolders } from '../../harness/temporary-folders.ts';
import { cast, today } from '../../harness/told-people.ts';
import { profileRequests } from '../../costs/profile-requests.ts';
import { everyFieldOf } from '../../operations/select-everything.ts';
import { freePorts, StartProcess } from '../../start/start-process.ts';

/** How many people there are besides the cast: their past readings fill the log. */
export const SEEDED_PEOPLE = 100;

/** A case reference as auditors give it. */
export const CASE = 'inspection-2026-11';

/** A whole system in a process of its own, as `npm start` makes it, and told to write down all it can. */
export interface BusySystem {
  readonly url: string;
  readonly demo: Demo;
  /** The access log's own database. */
  readonly logDatabaseUrl: string;
  /** What all services have logged so far, at level info. */
  readonly logLines: () => string;
  /** The auditor's session. */
  readonly auditor: string;
  readonly stop: () => Promise<void>;
}

/** Starts it, with what the environment says besides, and waits until it is ready. */
export async function startBusySystem(
  environment: Readonly<Record<string, string>> = {},
): Promise<BusySystem> {
  const folders = new TemporaryFolders();
  const dataFolder = await folders.make();
  const process = new StartProcess({
    words: ['--port', String(await freePorts()), '--people', String(SEEDED_PEOPLE)],
    dataFolder,
    environment: {
      DINHDANH_LOG_LEVEL: 'info',
      DINHDANH_PEOPLE_AS_OF: today,
      GATEWAY_DEADLINE_MS: '15000',
      GATEWAY_REQUESTS_PER_MINUTE: '1000000',
      ACCESS_LOG_PUBLISH_MS: '200',
      ...environment,
    },
  });
  const url = await process.ready();
  const demo = readDemo(dataFolder);
  return {
    url,
    demo,
    logDatabaseUrl: await databaseUrlOf(dataFolder),
    logLines: () => process.err,
    auditor: await signIn(url, personOf(demo, 'auditor'), false),
    stop: async () => {
      await process.stop();
      await folders.remove();
    },
  };
}

async function databaseUrlOf(dataFolder: string): Promise<string> {
  const { cluster } = await choosePlace(dataFolder);
  // Its lines: process, folder, start time, port.
  const port = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[3];
  const password = (await readFile(join(dataFolder, 'keys', 'postgres.password'), 'utf8')).trim();
  return `postgresql://dinhdanh:${password}@127.0.0.1:${port}/access-log`;
}

function personOf({ citizens, staff }: Demo, key: string): DemoPerson {
  const person = citizens[key] ?? staff[key];
  if (person === undefined) throw new TypeError(`there is no persona ${key}`);
  return person;
}

/** Everything that anybody can do who has a session: whole profiles, wards, what is refused, wrong guesses. */
export async function bePeople({ url, demo }: BusySystem): Promise<void> {
  await Promise.all(
    Object.values(demo.citizens).map(async (person) => {
      await ask(url, SIGN_IN, {
        variables: { input: { username: person.username, password: 'Wrong#2026' } },
      });
      for (const passcode of [true, false]) {
        const token = await signIn(url, person, passcode).catch(() => null);
        if (token !== null) await readEverything(url, token, passcode);
      }
    }),
  );
  await ask(url, FOREIGN, { token: await signIn(url, personOf(demo, 'foreigner')) });
  await ask(url, '{ person { fullName personalNumber } }', { token: 'no-such-session' });
}

const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { token } }';
const FOREIGN = `{ person { fullName ${everyFieldOf('ForeignResident').get('residenceCard') ?? ''} passports { number } } }`;
const WARDS =
  '{ me { level phone email dependants { id relation person { fullName personalNumber dateOfBirth } } linkedDocuments { id kind document { __typename } } } }';
const HISTORY =
  '{ accessHistory(first: 50) { nodes { index time event claims sources actor { kind name } } } accessNotices { count } }';

/** A locked account, a minor and one of level 1 are refused most of it, and so is everybody without the passcode. */
async function readEverything(url: string, token: string, passcode: boolean): Promise<void> {
  const requests = [...profileRequests().values()];
  for (const query of passcode ? requests : requests.slice(-1)) await ask(url, query, { token });
  for (const query of [WARDS, HISTORY]) await ask(url, query, { token });
}

/** Everything an auditor can do: searches by every number of the cast, counts, alerts, single proofs. */
export async function beAuditor({ url, auditor }: BusySystem): Promise<void> {
  const search = `query ($person: AuditedPersonInput!) { accessLog(filter: { person: $person }) {
    nodes { origin index subjects requestId actor { id name } } } }`;
  for (const { account } of cast) {
    const { identifiers } = account;
    for (const number of [identifiers?.personalNumber, ...(identifiers?.cancelledNumbers ?? [])]) {
      if (number === undefined) continue;
      await audit(url, auditor, search, { person: { number, reason: 'COMPLAINT' } });
    }
  }
  for (const query of [STATISTICS, ALERTS]) await audit(url, auditor, query, {});
}

const STATISTICS =
  '{ accessStatistics { total byDay { label count } byClaim { label count } actors { actor { kind id name } reads } } }';
const ALERTS =
  '{ accessAlerts { nodes { kind requestId service } } accessLogStatus { origin size checkpoint } }';
const EXPORT = `query ($format: ExportFormat!, $after: String) { accessExport(format: $format, after: $after) {
  text count pageInfo { hasNextPage endCursor } } }`;

/** Every page of the whole log's export. */
export async function exportAll(
  { url, auditor }: BusySystem,
  format: 'CSV' | 'JSON_LINES',
): Promise<string[]> {
  const pages: string[] = [];
  let after: unknown = null;
  do {
    const answer = await audit(url, auditor, EXPORT, { format, after });
    pages.push(String(at(answer.data, 'accessExport', 'text')));
    const hasNextPage = at(answer.data, 'accessExport', 'pageInfo', 'hasNextPage');
    after = hasNextPage === true ? at(answer.data, 'accessExport', 'pageInfo', 'endCursor') : null;
  } while (after !== null);
  return pages;
}

async function audit(url: string, token: string, query: string, variables: unknown): Promise<Answer> {
  const answer = await ask(url, query, { token, variables, headers: { 'case-reference': CASE } });
  if (answer.errors.length > 0) throw new TypeError(`the auditor was refused: ${answer.text}`);
  return answer;
}

/** One file of the published log, of whichever kind. */
export async function readPublished({ url, auditor }: BusySystem, path: string): Promise<Buffer> {
  const headers = { authorization: `Bearer ${auditor}`, 'case-reference': CASE };
  const response = await fetch(`${url}/log/${path}`, { headers });
  if (response.status !== 200) throw new TypeError(`${path}: ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}
