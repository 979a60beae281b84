import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { removeCluster } from '@dinhdanh/start/embedded-postgres';
import type { ExperimentOptions } from './experiment.ts';

/** Where the data of so many people is put. */
export function dataFolderOf(
  { folder, seed }: Pick<ExperimentOptions, 'folder' | 'seed'>,
  people: number,
): string {
  return join(folder, `${seed}-${people}`);
}

/** Removes it, with what root had to put elsewhere. */
export async function removeData(dataFolder: string): Promise<void> {
  await removeCluster(dataFolder);
  await rm(dataFolder, { recursive: true, force: true });
}
