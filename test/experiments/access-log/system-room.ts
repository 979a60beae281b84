import { mkdir } from 'node:fs/promises';
import { SEED_TODAY } from '@dinhdanh/people';
import { KeyFolder, serviceNames, startSystem } from '@dinhdanh/start';
import type { System } from '@dinhdanh/start';
import { signIn } from '../../harness/client.ts';
import { SYSTEM_OPTIONS } from '../../harness/system-options.ts';

/** Everything but the access log: registries, accounts and a gateway, in this process. */
export interface SystemRoom {
  readonly url: string;
  /** Sessions of the cast, each signed in by itself. */
  readonly sessions: readonly string[];
  readonly stop: () => Promise<void>;
}

/** The key that the gateway of a data folder signs its calls to the access log with. */
export async function logCallerKey(dataFolder: string): Promise<Buffer> {
  // Made before the keys are, which would make it for their owner's eyes only.
  await mkdir(dataFolder, { recursive: true });
  return new KeyFolder(dataFolder).key('access-log.caller');
}

/** Starts it before an access log that runs elsewhere. */
export async function openSystemRoom(
  dataFolder: string,
  logUrl: string,
  sessions: number,
): Promise<SystemRoom> {
  const others = serviceNames.filter((name) => name !== 'access-log');
  const system: System = await startSystem({
    ...SYSTEM_OPTIONS,
    today: SEED_TODAY,
    roles: new Set(['gateway', ...others]),
    people: 50,
    serviceUrls: { 'access-log': logUrl },
    webRoot: null,
    dataFolder,
  });
  const url = system.url ?? '';
  const { citizens } = system.demo;
  const people = ['level2', 'guardian', 'foreigner', 'oldRecords'].flatMap((key) => citizens[key] ?? []);
  const tokens: string[] = [];
  for (let count = 0; count < sessions; count += 1) {
    const person = people[count % people.length];
    if (person !== undefined) tokens.push(await signIn(url, person));
  }
  return { url, sessions: tokens, stop: system.stop };
}
