import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { AppError, seedOnce } from '@dinhdanh/kit';
import type { SeedOptions, SeedState } from '@dinhdanh/kit';
import { Progress } from './progress.ts';
import type { ProgressScreen } from './progress.ts';
import { serviceCatalogue } from './service-catalogue.ts';
import type { ServiceName } from './service-names.ts';
import { StartError } from './start-error.ts';

/** The people a database is filled with. */
export interface Filling {
  readonly seed: string;
  readonly people: number;
  readonly today: string;
  /** What single services are told, such as keys. */
  readonly settings?: Readonly<Partial<Record<ServiceName, unknown>>>;
  /** Ends the filling early; nothing of what was under way stays. */
  readonly signal?: AbortSignal | undefined;
  /** How many services are seeded at once, each on a thread of its own; 0 seeds on this one. */
  readonly threads?: number;
  readonly screen?: ProgressScreen;
  /** Told of each service that was seeded now, and how long it took. */
  readonly seeded?: (name: ServiceName, milliseconds: number) => void;
}

/** What a seeding thread is given. */
export interface SeedTask extends Omit<SeedOptions, 'progress' | 'lastAct'> {
  readonly name: ServiceName;
}

/** What a seeding thread tells: how far it is, and at last how the database was seeded. */
export type SeedNews = { readonly done: number } | { readonly state: SeedState };

/** From so many people on, threads are worth their start. */
const THREADS_FROM_PEOPLE = 20_000;

/** The youngest objects' share of a thread's memory: rows die at once, and a small one would be swept all the time. */
const YOUNG_GENERATION_MB = 64;

/** Longest first, so that no long one is left for the end when several are seeded at once. */
const BY_LENGTH: readonly ServiceName[] = [
  'population',
  'social-insurance',
  'accounts',
  'vehicles',
  'driving-licences',
  'immigration',
  'access-log',
  'sharing',
];

/**
 * Brings every database to the newest migration and fills those that are empty.
 *
 * @returns how each was filled, now or earlier
 * @throws StartError naming the database that cannot be used; the signal's reason when it was aborted
 */
export async function fillDatabases(
  databaseUrls: ReadonlyMap<ServiceName, string>,
  filling: Filling,
): Promise<ReadonlyMap<ServiceName, SeedState>> {
  await Promise.all([...databaseUrls].map(([name, databaseUrl]) => migrate(name, databaseUrl)));
  const progress = new Progress('synthetic people', filling.screen);
  const names = BY_LENGTH.filter((name) => databaseUrls.has(name));
  for (const name of names) progress.add(name, filling.people);
  const { threads = filling.people < THREADS_FROM_PEOPLE ? 0 : availableParallelism() } = filling;
  const states = new Map<ServiceName, SeedState>();
  try {
    await inTurns(names, Math.max(1, threads), async (name) => {
      filling.signal?.throwIfAborted();
      const startedAt = performance.now();
      const task = taskOf(name, databaseUrls, filling);
      let isNew = false;
      const tell = (done: number): void => {
        isNew = true;
        progress.advance(name, done);
      };
      const seeding = threads === 0 ? seedHere(task, tell, filling) : seedOnThread(task, tell, filling);
      const state = await seeding.catch((cause: unknown) => {
        throw seedRefusal(name, cause, filling) ?? cause;
      });
      states.set(name, state);
      if (!isNew) return;
      progress.complete(name);
      filling.seeded?.(name, performance.now() - startedAt);
    });
  } finally {
    progress.end();
  }
  return states;
}

async function migrate(name: ServiceName, databaseUrl: string): Promise<void> {
  await serviceCatalogue[name].service.migrate(databaseUrl).catch((cause: unknown) => {
    if (cause instanceof AppError) {
      throw new StartError(
        `The database of ${name} cannot be brought up to date (${cause.detail.internal ?? cause.code}): run the version of the program that made it.`,
      );
    }
    throw new StartError(
      `The database of ${name} on ${new URL(databaseUrl).host} cannot be used (${codeOf(cause)}): see that it is there, ` +
        'that this machine reaches it, and that its role may log in and owns it (docs/config.md).',
    );
  });
}

/** What to tell when the database broke a seed off; null when that was not the reason. */
function seedRefusal(name: ServiceName, cause: unknown, { signal }: Filling): StartError | null {
  if (signal?.aborted === true || typeof (cause as { code?: unknown }).code !== 'string') return null;
  return new StartError(
    `The database of ${name} could not be filled (${codeOf(cause)}): nothing of it has stayed, so see that there is ` +
      'room on its disk and that it is empty, and start again.',
  );
}

function taskOf(name: ServiceName, urls: ReadonlyMap<ServiceName, string>, filling: Filling): SeedTask {
  const { seed, people, today, settings } = filling;
  return { name, databaseUrl: urls.get(name) ?? '', seed, people, today, settings: settings?.[name] };
}

function seedHere(
  { name, ...options }: SeedTask,
  tell: (done: number) => void,
  { signal }: Filling,
): Promise<SeedState> {
  const progress = (done: number): void => {
    // What is thrown here ends the load, which then leaves nothing behind.
    signal?.throwIfAborted();
    tell(done);
  };
  return seedOnce({ ...options, progress }, serviceCatalogue[name].seed);
}

async function seedOnThread(
  task: SeedTask,
  tell: (done: number) => void,
  { signal }: Filling,
): Promise<SeedState> {
  const thread = new Worker(new URL('./seed-on-thread.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const end = Promise.withResolvers<SeedState>();
  thread.on('message', (news: SeedNews) => {
    if ('state' in news) end.resolve(news.state);
    else tell(news.done);
  });
  thread.once('error', end.reject);
  thread.once('exit', (code) =>
    end.reject(new StartError(`The seed of ${task.name} ended with code ${code}.`)),
  );
  const stop = (): void => end.reject(signal?.reason);
  signal?.addEventListener('abort', stop);
  try {
    return await end.promise;
  } finally {
    signal?.removeEventListener('abort', stop);
    await thread.terminate();
  }
}

/** Runs the work for each, so many at once; the first failure is thrown when all under way have ended. */
async function inTurns<T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const failures: unknown[] = [];
  const turn = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await work(next).catch((failure: unknown) => {
        failures.push(failure);
        waiting.length = 0;
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, turn));
  if (failures.length > 0) throw failures[0];
}

function codeOf(cause: unknown): string {
  const code = (cause as { code?: unknown }).code;
  return typeof code === 'string' ? code : cause instanceof Error ? cause.name : 'unknown error';
}
