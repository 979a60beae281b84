/** One system of the bench of many people, in a process of its own: told how many and where, tells where it is reached. */
import { serviceNames, startSystem } from '@dinhdanh/start';

/** What it is started with. */
export interface ScaleOrder {
  readonly people: number;
  readonly dataFolder: string;
}

/** What it tells once it is ready. */
export interface ScaleSystem {
  readonly url: string;
  readonly databaseUrls: Readonly<Record<string, string>>;
}

process.once('message', ({ people, dataFolder }: ScaleOrder) => {
  void run(people, dataFolder);
});

async function run(people: number, dataFolder: string): Promise<void> {
  const system = await startSystem({
    roles: new Set(['gateway', ...serviceNames]),
    host: '127.0.0.1',
    port: 0,
    people,
    seed: 'dinhdanh',
    today: '2026-11-21',
    reset: false,
    dataFolder,
    logLevel: 'error',
    serviceUrls: {},
    databaseUrls: {},
    webRoot: null,
    gateway: { requestsPerMinute: 100_000_000, deadlineMs: 30_000 },
    accessLog: { reconcileSeconds: 3_600, graceSeconds: 3_600 },
  });
  const stop = (): void => void system.stop().then(() => process.exit(0));
  process.once('message', stop);
  // Whoever started it has gone.
  process.once('disconnect', stop);
  process.send?.({ url: system.url, databaseUrls: system.databaseUrls });
}
