import { execFile } from 'node:child_process';
import { chmod, mkdir, open, rmdir, statfs } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MEGABYTE = 2 ** 20;
/** What is added to a disk that has run full. */
const STEP_MEGABYTES = 200;
/** A piece of ballast. */
const PIECE = Buffer.alloc(MEGABYTE);

/** A disk of some hundred megabytes that can be filled and made larger: memory, mounted by root. */
export class SmallDisk {
  readonly folder: string;
  #megabytes: number;

  private constructor(folder: string, megabytes: number) {
    this.folder = folder;
    this.#megabytes = megabytes;
  }

  /** Mounts it. @throws Error that says what is missing where this machine or user may not */
  static async mount(folder: string, megabytes: number): Promise<SmallDisk> {
    await mkdir(folder, { recursive: true });
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'dinhdanh-experiment', folder]);
    } catch (failure) {
      await rmdir(folder).catch(() => undefined);
      throw new Error(
        'A full disk cannot be made here: this user may not mount a tmpfs (be root, with CAP_SYS_ADMIN).',
        {
          cause: failure,
        },
      );
    }
    await chmod(folder, 0o755);
    return new SmallDisk(folder, megabytes);
  }

  /** Takes away what an experiment that was broken off has left. */
  static async unmountLeft(folder: string): Promise<void> {
    await run('umount', ['-l', folder]).catch(() => undefined);
  }

  /** Free megabytes. */
  async free(): Promise<number> {
    const { bavail, bsize } = await statfs(this.folder);
    return Math.floor((bavail * bsize) / MEGABYTE);
  }

  /** Fills it with ballast until so many megabytes are left. */
  async fillUpTo(megabytesLeft: number): Promise<void> {
    await using file = await open(`${this.folder}/ballast`, 'a');
    for (let left = await this.free(); left > megabytesLeft; left -= 1) await file.write(PIECE);
  }

  /** Makes it larger, as an operator does with a volume. */
  async enlarge(): Promise<void> {
    this.#megabytes += STEP_MEGABYTES;
    await run('mount', ['-o', `remount,size=${this.#megabytes}m`, this.folder]);
  }

  async unmount(): Promise<void> {
    await run('umount', ['-l', this.folder]);
    await rmdir(this.folder).catch(() => undefined);
  }
}
