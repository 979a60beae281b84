import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writers take their time, and a change of several files is one change. */
const SETTLE_MS = 200;

/**
 * Calls back some time after anything has happened in the folders of files: files are mostly replaced by a rename, or by a
 * link that is made to lead elsewhere, and then a watch on the file itself would look at the old one for ever. What has
 * changed is for whoever is called to find out.
 *
 * @returns what ends it
 */
export async function watchFiles(
  files: readonly string[],
  onChange: () => void,
  onFailure: () => void,
): Promise<() => void> {
  let timer: NodeJS.Timeout | undefined;
  const touched = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, SETTLE_MS).unref();
  };
  const watchers: FSWatcher[] = [];
  const folders = new Set<string>();
  for (const file of files) {
    folders.add(dirname(file));
    folders.add(dirname(await realpath(file).catch(() => file)));
  }
  for (const folder of folders) {
    try {
      const watcher = watch(folder, { persistent: false }, touched);
      watcher.on('error', onFailure);
      watchers.push(watcher);
    } catch {
      onFailure();
    }
  }
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
