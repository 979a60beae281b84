import type { WitnessAddress } from '@dinhdanh/access-log';
import { startGateway } from '@dinhdanh/gateway';
import type { GatewaySettings, RunningGateway } from '@dinhdanh/gateway';
import { openLog, systemClock } from '@dinhdanh/kit';
import type { Clock, LogLevel, RunningService, SeedState } from '@dinhdanh/kit';
import { resetDataFolder, takeDataFolder } from './data-folder.ts';
import type { DataFolder } from './data-folder.ts';
import { describeDemo, writeDemo } from './demo.ts';
import type { Demo } from './demo.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { fillDatabases } from './fill-databases.ts';
import { KeyFolder } from './keys.ts';
import { listening } from './listening.ts';
import { openBeside } from './open-beside.ts';
import type { OpenDesk } from './open-desk.ts';
import { openChipKeys } from './chips/chip-keys.ts';
import type { OpenReader } from './chips/open-reader.ts';
import { openTraces } from './traces/open-traces.ts';
import type { TraceOptions, Traces } from './traces/open-traces.ts';
import { describeLog, openWitness } from './open-witness.ts';
import type { LogOptions } from './open-witness.ts';
import { outboxPlace } from './outbox-place.ts';
import { checkPorts } from './ports.ts';
import { addressesOf } from './service-addresses.ts';
import { serviceCatalogue } from './service-catalogue.ts';
import { serviceNames } from './service-names.ts';
import type { RoleName, ServiceName } from './service-names.ts';
import { logIdentity, serviceSettings } from './service-settings.ts';
import type { ServiceOptions, Surroundings } from './service-settings.ts';
import { readContract } from './read-contract.ts';
import type { ContractFiles } from './read-contract.ts';
import { portsOfRoles, servicePort } from './role-ports.ts';
import { toldDay } from './told-day.ts';
import { Undo } from './undo.ts';

/** All that a start depends on; nothing is read from the environment below this door. */
export interface SystemOptions extends LogOptions, ServiceOptions, ContractFiles, TraceOptions {
  readonly roles: ReadonlySet<RoleName>;
  readonly host: string;
  /** The gateway's port, the services' following it; 0 takes free ones. */
  readonly port: number;
  readonly people: number;
  readonly seed: string;
  /** The date they are told as of; null for {@link toldDay}'s own. */
  readonly today: string | null;
  readonly reset: boolean;
  readonly dataFolder: string;
  readonly logLevel: LogLevel;
  /** Where the gateway runs when it does not run here. */
  readonly gatewayUrl?: string | null;
  readonly serviceUrls: Readonly<Partial<Record<ServiceName, string>>>;
  readonly databaseUrls: Readonly<Partial<Record<ServiceName, string>>>;
  /** Where the built screens are; null serves none. */
  readonly webRoot: string | null;
  readonly clock?: Clock;
  /** Settings of an embedded database that keeps nothing, for tests. */
  readonly databaseSettings?: readonly string[];
  readonly gateway?: Partial<GatewaySettings>;
  /** How many months services keep their served records. */
  readonly servedMonths?: number;
  /** Breaks the start off: what has started is stopped, and the start throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A system that runs. */
export interface System {
  /** The gateway's origin, or null where this process runs none. */
  readonly url: string | null;
  readonly services: ReadonlyMap<ServiceName, RunningService>;
  /** Who cosigns the access log's checkpoints, here or elsewhere; null for nobody. */
  readonly witness: WitnessAddress | null;
  readonly demo: Demo;
  readonly databaseUrls: Readonly<Partial<Record<ServiceName, string>>>;
  /** How each database was filled, now or by an earlier start. */
  readonly seeds: ReadonlyMap<ServiceName, SeedState>;
  readonly keys: KeyFolder;
  /** Takes up a changed supergraph at once, where the gateway runs here. */
  readonly reload: () => void;
  /** Takes no more requests, finishes those under way, then ends everything that was started. */
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
  const undo = new Undo();
  undo.add(folder.release);
  try {
    await checkPorts(options.host, portsOfRoles(options));
    if (options.reset) await resetDataFolder(folder, options.databaseUrls['access-log'] === undefined);
    return await startRoles(options, folder, undo);
  } catch (error) {
    await undo.run().catch(() => undefined);
    throw error;
  }
}

async function startRoles(options: SystemOptions, folder: DataFolder, undo: Undo): Promise<System> {
  const databaseUrls = await openDatabases(options, folder, undo);
  options.signal?.throwIfAborted();
  const keys = new KeyFolder(folder.path);
  const chips = openChipKeys(folder.path, keys, options.clock ?? systemClock);
  const settings = { 'access-log': await logIdentity(options, keys) };
  const asked = options.today ?? (await toldDay(databaseUrls, options.clock ?? systemClock));
  const seeds = await fillDatabases(databaseUrls, { ...options, today: asked, settings });
  // Databases that were filled before keep their people, whatever was asked for now.
  const [today = asked] = [...seeds.values()].map((state) => state.today);
  const traces = await openTraces(options);
  // The last to end but databases: what is finished on the way is told of.
  undo.add(traces.close);
  const services = new Map<ServiceName, RunningService>();
  const address = { gateway: gatewayAddress(options), known: options.gateway?.publicUrl ?? null };
  const publicUrl = (): string | null => address.known ?? address.gateway;
  const witness = await openWitness(options, folder.path, keys);
  if (witness !== null) undo.add(witness.stop);
  const { desk, reader } = await openBeside({ ...options, today }, { keys, chips, publicUrl }, undo);
  const outbox = await outboxPlace(options);
  for (const [name, databaseUrl] of databaseUrls) {
    options.signal?.throwIfAborted();
    const running = await startService(options, name, databaseUrl, {
      traces,
      keys,
      witness: witness?.address ?? null,
      gatewayUrl: () => address.gateway,
      publicUrl,
      ...{ demoParties: desk?.parties ?? [], outboxPort: outbox?.port ?? 0, chips },
    });
    services.set(name, running);
    undo.add(running.stop);
  }
  const gateway = options.roles.has('gateway')
    ? await openGateway(options, keys, { services, desk, reader, traces })
    : null;
  if (gateway !== null) {
    undo.add(gateway.stop);
    address.gateway = gateway.url;
    address.known = gateway.publicUrl;
  }
  const url = gateway?.url ?? null;
  const openedAt = gateway?.publicUrl ?? null;
  const log = await describeLog(options, keys, openedAt, witness?.address ?? null);
  const beside = { log, desk, outbox, reader: reader?.url ?? null, today };
  const demo = describeDemo(openedAt, addressesOf(options, services), beside);
  if (gateway !== null) await writeDemo(folder.path, demo);
  options.signal?.throwIfAborted();
  return {
    url,
    services,
    witness: witness?.address ?? null,
    demo,
    databaseUrls: Object.fromEntries(databaseUrls),
    seeds,
    keys,
    reload: () => void gateway?.reload(),
    stop: undo.run,
  };
}

/** Where accounts finds the gateway: unknown until it listens when it runs here, as nobody should knock before. */
function gatewayAddress({ roles, gatewayUrl, host, port }: SystemOptions): string | null {
  if (gatewayUrl !== undefined && gatewayUrl !== null) return gatewayUrl;
  return roles.has('gateway') || port === 0 ? null : `http://${host}:${port}`;
}

/** The database of every service that runs here, in the order of their ports. */
async function openDatabases(
  options: SystemOptions,
  folder: DataFolder,
  undo: Undo,
): Promise<ReadonlyMap<ServiceName, string>> {
  const names = serviceNames.filter((name) => options.roles.has(name));
  const urls = new Map<ServiceName, string>();
  const isEmbedded = (name: ServiceName): boolean => options.databaseUrls[name] === undefined;
  const server = names.some(isEmbedded)
    ? await startEmbeddedPostgres({ dataFolder: folder.path, settings: options.databaseSettings ?? [] })
    : null;
  if (server !== null) undo.add(server.stop);
  for (const name of names) {
    const url = options.databaseUrls[name] ?? (await server?.databaseUrl(name));
    if (url !== undefined) urls.set(name, url);
  }
  return urls;
}

async function startService(
  options: SystemOptions,
  name: ServiceName,
  databaseUrl: string,
  surroundings: Surroundings & { readonly traces: Traces },
): Promise<RunningService> {
  const port = servicePort(options.port, name);
  return listening(options.host, name, port, async () =>
    serviceCatalogue[name].service.start({
      host: options.host,
      port,
      databaseUrl,
      callerKey: await surroundings.keys.key(`${name}.caller`),
      clock: options.clock ?? systemClock,
      log: openLog(name, options.logLevel),
      tracer: surroundings.traces.of(name),
      ...(options.servedMonths === undefined ? {} : { servedMonths: options.servedMonths }),
      settings: await serviceSettings(options, name, surroundings),
    }),
  );
}

/** What the gateway stands before. */
interface Behind {
  readonly services: ReadonlyMap<ServiceName, RunningService>;
  readonly desk: OpenDesk | null;
  readonly reader: OpenReader | null;
  readonly traces: Traces;
}

async function openGateway(
  options: SystemOptions,
  keys: KeyFolder,
  { services, desk, reader, traces }: Behind,
): Promise<RunningGateway> {
  const callerKeys: Record<string, Buffer> = {};
  for (const name of serviceNames) callerKeys[name] = await keys.key(`${name}.caller`);
  return listening(options.host, 'gateway', options.port, async () =>
    startGateway({
      host: options.host,
      port: options.port,
      services: addressesOf(options, services),
      callerKeys,
      systemKeys: {
        accounts: await keys.key('accounts.system'),
        sharing: await keys.key('sharing.system'),
        'access-log': await keys.key('access-log.system'),
      },
      addressKey: await keys.key('gateway.address'),
      ...(await readContract(options)),
      deskUrl: desk?.url ?? null,
      readerUrl: reader?.url ?? null,
      webRoot: options.webRoot,
      log: openLog('gateway', options.logLevel),
      tracer: traces.of('gateway'),
      clock: options.clock ?? systemClock,
      settings: options.gateway ?? {},
    }),
  );
}
