import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { castOn } from '@dinhdanh/people';
import type { Persona } from '@dinhdanh/people';
import type { DemoRelyingParty, OpenDesk } from './open-desk.ts';
import type { OutboxPlace } from './outbox-place.ts';
import type { ServiceName } from './service-names.ts';

/** A synthetic person one can sign in as. */
export interface DemoPerson {
  /** The account: an opaque id. */
  readonly id: string;
  readonly username: string;
  readonly password: string;
  readonly passcode: string;
  /** The wards of a guardian. */
  readonly dependants?: readonly DemoPerson[];
}

/** What `.data/demo.json` tells: where everything is and who can sign in. Synthetic people only. */
export interface Demo {
  /** The gateway's public origin, as browsers open it; null where no gateway runs here. */
  readonly url: string | null;
  readonly services: Readonly<Record<ServiceName, string>>;
  readonly citizens: Readonly<Record<string, DemoPerson>>;
  readonly staff: Readonly<Record<string, DemoPerson>>;
  /** The access log's tree now in use, as `dinhdanh-verify` takes it; null where the access log does not run here. */
  readonly log: DemoLog | null;
  /** A relying party to try the flow as; null where no desk runs here. */
  readonly relyingParty: DemoRelyingParty | null;
  /** Where the desk is. */
  readonly desk: string | null;
  /** Where the reader of synthetic chips is, which stands for a telephone. */
  readonly reader: string | null;
  /** The screen that shows messages in development; null where messages are sent, or accounts does not run here. */
  readonly outbox: string | null;
}

/** Where the access log is read and with which public keys it is verified (C2SP vkeys). */
export interface DemoLog {
  readonly origin: string;
  readonly logKey: string;
  readonly witnessKeys: readonly string[];
  /** Below it are `checkpoint` and `tile/…`; null where no gateway runs here. */
  readonly url: string | null;
}

/** What stands beside the services of a demonstration. */
export interface BesideDemo {
  readonly log: DemoLog | null;
  readonly desk: Pick<OpenDesk, 'demo' | 'url'> | null;
  readonly reader: string | null;
  readonly outbox: Pick<OutboxPlace, 'url'> | null;
  /** The day its people are told as of. */
  readonly today: string;
}

/** Describes the running demonstration. */
export function describeDemo(
  publicUrl: string | null,
  services: Readonly<Record<ServiceName, string>>,
  { log, desk, reader, outbox, today }: BesideDemo,
): Demo {
  const cast = castOn(today);
  const isStaff = ({ account }: Persona): boolean => account.kind === 'STAFF';
  const byKey = (personas: readonly Persona[]) =>
    Object.fromEntries(personas.map((persona) => [persona.key, demoPerson(persona, cast)]));
  return {
    url: publicUrl,
    services,
    citizens: byKey(cast.filter((persona) => !isStaff(persona))),
    staff: byKey(cast.filter(isStaff)),
    log,
    relyingParty: desk?.demo ?? null,
    desk: desk?.url ?? null,
    reader,
    outbox: outbox?.url ?? null,
  };
}

function demoPerson({ account, password, passcode }: Persona, cast: readonly Persona[]): DemoPerson {
  const wards = new Set(account.dependants.map(({ subject }) => subject));
  const dependants = cast
    .filter((other) => wards.has(other.account.subject))
    .map((other) => demoPerson(other, cast));
  return {
    id: account.subject,
    username: account.username,
    password,
    passcode,
    ...(dependants.length === 0 ? {} : { dependants }),
  };
}

/** Writes the file for people and programs that try the system by hand. */
export async function writeDemo(dataFolder: string, demo: Demo): Promise<void> {
  await writeFile(join(dataFolder, 'demo.json'), `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
}
