import { parentPort, workerData } from 'node:worker_threads';
import { seedOnce } from '@dinhdanh/kit';
import type { Seed } from '@dinhdanh/kit';
import type { SeedNews, SeedTask } from './fill-databases.ts';

const { name, ...options } = workerData as SeedTask;
// A thread's port has no origin to name.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
const tell = (news: SeedNews): void => parentPort?.postMessage(news);

// Of the service, its seed alone: loading all the others would take longer than a small seed.
const { seed } = (await import(`@dinhdanh/${name}/seed`)) as { seed: Seed };
const state = await seedOnce({ ...options, progress: (done) => tell({ done }) }, seed);
tell({ state });
