import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeCluster } from '@dinhdanh/start/embedded-postgres';

/** Data folders for tests, removed with all that was put in them. */
export class TemporaryFolders {
  readonly #made: string[] = [];

  /** A folder that others may enter: one that is closed would make root put the database elsewhere. */
  async make(mode = 0o755): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-test-'));
    await chmod(folder, mode);
    this.#made.push(folder);
    return folder;
  }

  readonly remove = async (): Promise<void> => {
    for (const folder of this.#made.splice(0)) {
      await removeCluster(folder).catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    }
  };
}
