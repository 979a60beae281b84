import { startGateway } from '@dinhdanh/gateway';
import type { AppendEntries, GatewaySettings, RunningGateway, Stage } from '@dinhdanh/gateway';
import { openLog, systemClock } from '@dinhdanh/kit';
import type { Log, Tracer } from '@dinhdanh/kit';
import { readSupergraph } from '@dinhdanh/schema';
import { KeyFolder, ownDocuments, serviceNames } from '@dinhdanh/start';
import type { SharedSystem } from './global-setup.ts';
import { SYSTEM_OPTIONS } from './system-options.ts';

/** What a gateway of a test's own differs in from the shared one. */
export interface GatewayUnderTest {
  /** Services that stand elsewhere, such as behind a fault proxy. */
  readonly services?: Readonly<Record<string, string>>;
  readonly settings?: Partial<GatewaySettings>;
  /** The built screens; none are served where it is left out. */
  readonly webRoot?: string;
  readonly log?: Log;
  /** What stands in for the access log: a gate taken out, as a control. */
  readonly accessLog?: AppendEntries;
  readonly tracer?: Tracer;
  /** Another row of stages: for benches. */
  readonly row?: readonly Stage[];
}

/** Starts one more gateway before the shared services, with their keys; its settings are those of the shared one where none are given. */
export async function startGatewayUnderTest(
  system: SharedSystem,
  {
    services = {},
    settings = {},
    webRoot,
    log = openLog('gateway', 'silent'),
    accessLog,
    tracer,
    row,
  }: GatewayUnderTest,
): Promise<RunningGateway> {
  const keys = new KeyFolder(system.dataFolder);
  const callerKeys: Record<string, Buffer> = {};
  for (const name of serviceNames) callerKeys[name] = await keys.key(`${name}.caller`);
  return startGateway({
    host: '127.0.0.1',
    port: 0,
    services: { ...system.services, ...services },
    callerKeys,
    systemKeys: {
      accounts: await keys.key('accounts.system'),
      sharing: await keys.key('sharing.system'),
      'access-log': await keys.key('access-log.system'),
    },
    addressKey: await keys.key('gateway.address'),
    supergraph: readSupergraph(),
    // Who serves the screens knows what they ask.
    documentFiles: webRoot === undefined ? [] : [ownDocuments],
    webRoot: webRoot ?? null,
    log,
    clock: systemClock,
    settings: { ...SYSTEM_OPTIONS.gateway, ...settings },
    ...(accessLog === undefined ? {} : { accessLog }),
    ...(tracer === undefined ? {} : { tracer }),
    ...(row === undefined ? {} : { row }),
  });
}
