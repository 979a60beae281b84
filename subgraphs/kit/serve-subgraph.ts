import { CallerGate } from './caller-gate.ts';
import { closeServer } from './close-server.ts';
import { migrate } from './database.ts';
import { keepServed, SERVED_MONTHS } from './keep-served.ts';
import { openApollo } from './open-apollo.ts';
import { makeServer } from './service-server.ts';
import type {
  CallContext,
  RunningService,
  Service,
  ServiceDefinition,
  ServiceOptions,
  ServiceStore,
} from './service.ts';

/** Turns a definition into a service that others can start: the kit's one way in. */
export function defineService<Store extends ServiceStore, Context extends CallContext>(
  definition: ServiceDefinition<Store, Context>,
): Service {
  return {
    name: definition.name,
    migrate: (databaseUrl) => migrate(databaseUrl, definition.migrations),
    start: (options) => startService(definition, options),
  };
}

async function startService<Store extends ServiceStore, Context extends CallContext>(
  definition: ServiceDefinition<Store, Context>,
  options: ServiceOptions,
): Promise<RunningService> {
  const store = definition.open(options);
  const apollo = openApollo(definition, options);
  await apollo.start();
  const gate = new CallerGate(definition.name, options);
  const server = makeServer({ definition, options, store, apollo, gate });
  const close = async (): Promise<void> => {
    await closeServer(server);
    await apollo.stop();
    await store.close();
  };
  try {
    await server.listen({ host: options.host, port: options.port });
  } catch (error) {
    await close();
    throw error;
  }
  // The first statement opens the connection and compiles: nobody's request has to wait for that. A database that is away
  // is told by /readyz.
  void store.ping().catch(() => undefined);
  const [address] = server.addresses();
  const port = typeof address === 'object' ? address.port : options.port;
  const { log, servedMonths = SERVED_MONTHS } = options;
  const retention = keepServed({ served: store.served, months: servedMonths, log });
  const background = definition.background?.(options, store);
  options.log.info('SERVICE_STARTED', { service: definition.name, port });
  return {
    name: definition.name,
    origin: `http://${options.host}:${port}`,
    port,
    stop: async () => {
      await background?.stop();
      await retention.stop();
      await close();
      options.log.info('SERVICE_STOPPED', { service: definition.name });
    },
  };
}
