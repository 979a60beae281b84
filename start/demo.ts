import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cast } from '@dinhdanh/people';
import type { ServiceName } from './service-names.ts';

/** A synthetic person one can sign in as. */
export interface DemoPerson {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  readonly passcode: string;
}

/** What `.data/demo.json` tells: where everything is and who can sign in. Synthetic people only. */
export interface Demo {
  readonly url: string | null;
  readonly services: Readonly<Record<ServiceName, string>>;
  readonly citizens: Readonly<Record<string, DemoPerson>>;
  readonly staff: Readonly<Record<string, DemoPerson>>;
}

/** Describes the running demonstration. */
export function describeDemo(url: string | null, services: Readonly<Record<ServiceName, string>>): Demo {
  return { url, services, ...cast.credentials };
}

/** Writes the file for people and programs that try the system by hand. */
export async function writeDemo(dataFolder: string, demo: Demo): Promise<void> {
  await writeFile(join(dataFolder, 'demo.json'), `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
}
