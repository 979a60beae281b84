import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeCluster } from '@dinhdanh/start/embedded-postgres';

/** Data folders of a test file, removed with all that was started in them. */
export class TemporaryFolders {
  readonly #made: string[] = [];

  /** A folder that others may enter, as those of most users are. */
  async make(mode = 0o755): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-start-'));
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
