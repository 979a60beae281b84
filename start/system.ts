import { join } from 'node:path';
import { startGateway } from '@dinhdanh/gateway';
import type { GatewaySettings, RunningGateway } from '@dinhdanh/gateway';
import { openLog, seedOnce, systemClock } from '@dinhdanh/kit';
import type { Clock, LogLevel, RunningService } from '@dinhdanh/kit';
import { readSupergraph } from '@dinhdanh/schema';
import { resetDataFolder, takeDataFolder } from './data-folder.ts';
import type { DataFolder } from './data-folder.ts';
import { describeDemo, writeDemo } from './demo.ts';
import type { Demo } from './demo.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import type { EmbeddedPostgres } from './embedded-postgres.ts';
import { KeyFolder } from './keys.ts';
import { Progress } from './progress.ts';
import { serviceCatalogue } from './service-catalogue.ts';
import { serviceNames } from './service-names.ts';
import type { RoleName, ServiceName } from './service-names.ts';
import { StartError } from './start-error.ts';

/** All that a start depends on; nothing is read from the environment below this door. */
export interface SystemOptions {
  readonly roles: ReadonlySet<RoleName>;
  readonly host: string;
  /** The gateway's port, the services' following it; 0 takes free ones. */
  readonly port: number;
  readonly people: number;
  readonly seed: string;
  readonly today: string;
  readonly reset: boolean;
  readonly dataFolder: string;
  readonly logLevel: LogLevel;
  readonly serviceUrls: Readonly<Partial<Record<ServiceName, string>>>;
  readonly databaseUrls: Readonly<Partial<Record<ServiceName, string>>>;
  /** Where the built screens are; null serves none. */
  readonly webRoot: string | null;
  readonly clock?: Clock;
  /** Settings of an embedded database that keeps nothing, for tests. */
  readonly databaseSettings?: readonly string[];
  readonly gateway?: Partial<GatewaySettings>;
}

/** A system that runs. */
export interface System {
  /** The gateway's origin, or null where this process runs none. */
  readonly url: string | null;
  readonly services: ReadonlyMap<ServiceName, RunningService>;
  readonly demo: Demo;
  readonly databaseUrls: Readonly<Partial<Record<ServiceName, string>>>;
  readonly keys: KeyFolder;
  readonly stop: () => Promise<void>;
}

/**
 * Starts every role asked for in this process: databases, migrations, synthetic people, services, gateway, in this
 * order. What has started is stopped again when a later part fails.
 *
 * @throws StartError with a sentence that says what to do
 */
export async function startSystem(options: SystemOptions): Promise<System> {
  const folder = await takeDataFolder(options.dataFolder);
  const undo: (() => Promise<void>)[] = [folder.release];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    if (options.reset) await resetDataFolder(folder);
    const names = serviceNames.filter((name) => options.roles.has(name));
    const databaseUrls = await openDatabases(options, folder, names, undo);
    await fillDatabases(options, names, databaseUrls);
    const keys = new KeyFolder(folder.path);
    const gatewayPort = options.port;
    const services = new Map<ServiceName, RunningService>();
    // Accounts asks the gateway, which may get its port only when it listens: the URL is read when it is needed.
    const address: { gateway: string | null } = {
      gateway: gatewayPort === 0 ? null : `http://${options.host}:${gatewayPort}`,
    };
    for (const name of names) {
      const running = await startService(options, name, keys, databaseUrls, () => address.gateway);
      services.set(name, running);
      undo.push(running.stop);
    }
    const gateway = options.roles.has('gateway') ? await openGateway(options, keys, services) : null;
    if (gateway !== null) {
      undo.push(gateway.stop);
      address.gateway = gateway.url;
    }
    const demo = describeDemo(gateway?.url ?? null, addressesOf(options, services));
    if (gateway !== null) await writeDemo(folder.path, demo);
    return { url: gateway?.url ?? null, services, demo, databaseUrls, keys, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openDatabases(
  options: SystemOptions,
  folder: DataFolder,
  names: readonly ServiceName[],
  undo: (() => Promise<void>)[],
): Promise<Partial<Record<ServiceName, string>>> {
  const urls: Partial<Record<ServiceName, string>> = { ...options.databaseUrls };
  const embedded = names.filter((name) => urls[name] === undefined);
  if (embedded.length === 0) return urls;
  const server: EmbeddedPostgres = await startEmbeddedPostgres({
    dataFolder: folder.path,
    settings: options.databaseSettings ?? [],
  });
  undo.push(server.stop);
  for (const name of embedded) urls[name] = await server.databaseUrl(name);
  return urls;
}

async function fillDatabases(
  options: SystemOptions,
  names: readonly ServiceName[],
  databaseUrls: Partial<Record<ServiceName, string>>,
): Promise<void> {
  const progress = new Progress('synthetic people');
  for (const name of names) progress.add(name, options.people);
  let seeded = false;
  for (const name of names) {
    const databaseUrl = urlOf(databaseUrls, name);
    const { service, seed } = serviceCatalogue[name];
    await service.migrate(databaseUrl).catch((cause: unknown) => {
      throw new StartError(
        `The database of ${name} could not be prepared (${reasonOf(cause)}): is ${hostOf(databaseUrl)} reachable?`,
      );
    });
    await seedOnce(
      {
        databaseUrl,
        seed: options.seed,
        people: options.people,
        today: options.today,
        progress: (done) => {
          seeded = true;
          progress.advance(name, done);
        },
      },
      seed,
    );
  }
  if (seeded) progress.finish();
}

async function startService(
  options: SystemOptions,
  name: ServiceName,
  keys: KeyFolder,
  databaseUrls: Partial<Record<ServiceName, string>>,
  gatewayUrl: () => string | null,
): Promise<RunningService> {
  const port = options.port === 0 ? 0 : options.port + 1 + serviceNames.indexOf(name);
  return listening(name, port, async () =>
    serviceCatalogue[name].service.start({
      host: options.host,
      port,
      databaseUrl: urlOf(databaseUrls, name),
      callerKey: await keys.key(`${name}.caller`),
      clock: options.clock ?? systemClock,
      log: openLog(name, options.logLevel),
      settings:
        name === 'accounts' ? { gatewayUrl, systemKey: await keys.key('accounts.system') } : undefined,
    }),
  );
}

async function openGateway(
  options: SystemOptions,
  keys: KeyFolder,
  services: ReadonlyMap<ServiceName, RunningService>,
): Promise<RunningGateway> {
  const callerKeys: Record<string, Buffer> = {};
  for (const name of serviceNames) callerKeys[name] = await keys.key(`${name}.caller`);
  return listening('gateway', options.port, async () =>
    startGateway({
      host: options.host,
      port: options.port,
      services: addressesOf(options, services),
      callerKeys,
      systemKeys: { accounts: await keys.key('accounts.system') },
      addressKey: await keys.key('gateway.address'),
      supergraph: readSupergraph(),
      webRoot: options.webRoot,
      log: openLog('gateway', options.logLevel),
      clock: options.clock ?? systemClock,
      settings: options.gateway ?? {},
    }),
  );
}

/** Where the gateway finds each service: a URL of the environment wins, then this process, then the port it would have. */
function addressesOf(
  options: SystemOptions,
  services: ReadonlyMap<ServiceName, RunningService>,
): Record<ServiceName, string> {
  const entries = serviceNames.map((name) => {
    const elsewhere = options.serviceUrls[name];
    const usual = `http://${options.host}:${options.port + 1 + serviceNames.indexOf(name)}`;
    return [name, elsewhere ?? services.get(name)?.origin ?? usual] as const;
  });
  return Object.fromEntries(entries) as Record<ServiceName, string>;
}

async function listening<T>(role: RoleName, port: number, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new StartError(
      `Port ${port} (${role}) is in use: stop the program on it, or choose other ports with --port.`,
    );
  }
}

function urlOf(urls: Partial<Record<ServiceName, string>>, name: ServiceName): string {
  const url = urls[name];
  if (url === undefined) throw new StartError(`${name} has no database.`);
  return url;
}

function hostOf(databaseUrl: string): string {
  return new URL(databaseUrl).host;
}

function reasonOf(cause: unknown): string {
  const code = (cause as { code?: unknown }).code;
  return typeof code === 'string' ? code : cause instanceof Error ? cause.name : 'unknown error';
}

/** The folder the screens are built into, beside this one. */
export const builtWeb = join(import.meta.dirname, '..', 'web', 'dist');
