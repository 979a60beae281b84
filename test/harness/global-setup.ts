import { startSystem } from '@dinhdanh/start';
import type { ServiceName } from '@dinhdanh/start';
import type { TestProject } from 'vitest/node';
import { SYSTEM_OPTIONS } from './system-options.ts';
import { TemporaryFolders } from './temporary-folders.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the shared system is; see {@link sharedSystem}. */
    readonly system: SharedSystem;
    /** The day its people are told as of; see `told-people.ts`. */
    readonly today: string;
  }
}

/** The one system that all system tests of a run share. Tests that break things put a gateway of their own before its services. */
export interface SharedSystem {
  readonly url: string;
  readonly services: Readonly<Record<string, string>>;
  readonly databaseUrls: Readonly<Partial<Record<ServiceName, string>>>;
  readonly dataFolder: string;
}

/** Starts the shared system once for the run: real databases, real services, the cast and a few hundred others. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folders = new TemporaryFolders();
  const dataFolder = await folders.make();
  const system = await startSystem({ ...SYSTEM_OPTIONS, dataFolder });
  project.provide('today', SYSTEM_OPTIONS.today);
  project.provide('system', {
    url: system.url ?? '',
    services: system.demo.services,
    databaseUrls: system.databaseUrls,
    dataFolder,
  });
  return async () => {
    await system.stop();
    await folders.remove();
  };
}
