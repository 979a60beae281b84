import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { choosePlace, freePort } from '@dinhdanh/start';
import { startEmbeddedPostgres } from '@dinhdanh/start/embedded-postgres';
import { runSql } from '@dinhdanh/kit/testing';

const run = promisify(execFile);

/** How long a server is given to start or stop by itself, in seconds. */
const PATIENCE_SECONDS = 30;
/** Processes of a killed server hold its shared memory for a moment: a start is tried again this long. */
const RETRY_MS = 20_000;

/**
 * A PostgreSQL cluster of an experiment's own, made as a start makes it, then in the experiment's hands: on one port for
 * all its life, so that who was connected finds it again, and killed in any way there is.
 */
export class Cluster {
  readonly folder: string;
  readonly port: number;
  readonly #bin: string;
  readonly #owner: number | undefined;
  readonly #password: string;
  readonly #settings: readonly string[];

  private constructor(parts: {
    folder: string;
    port: number;
    bin: string;
    owner: number | undefined;
    password: string;
    settings: readonly string[];
  }) {
    this.folder = parts.folder;
    this.port = parts.port;
    this.#bin = parts.bin;
    this.#owner = parts.owner;
    this.#password = parts.password;
    this.#settings = parts.settings;
  }

  /** Makes a cluster for a data folder. It is stopped; `settings` are given to the server at every start. */
  static async make(dataFolder: string, settings: readonly string[] = []): Promise<Cluster> {
    const first = await startEmbeddedPostgres({ dataFolder });
    await first.stop();
    const { bin, cluster, owner } = await choosePlace(dataFolder);
    const password = (await readFile(join(dataFolder, 'keys', 'postgres.password'), 'utf8')).trim();
    return new Cluster({ folder: cluster, port: await freePort(), bin, owner, password, settings });
  }

  /** The same cluster elsewhere, byte for byte: how one is backed up, or put on another disk. It must be stopped. */
  async copyTo(folder: string): Promise<Cluster> {
    await rm(folder, { recursive: true, force: true });
    // `cp -a`, as an administrator would: owners and modes stay.
    await run('cp', ['-a', this.folder, folder]);
    return this.#at(folder, await freePort());
  }

  /** Puts another cluster's files in the place of this one's. Both must be stopped. */
  async replaceWith(backup: Cluster): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    await run('cp', ['-aT', backup.folder, this.folder]);
  }

  /** The same cluster with other settings, from its next start on. */
  withSettings(settings: readonly string[]): Cluster {
    return this.#at(this.folder, this.port, settings);
  }

  #at(folder: string, port: number, settings = this.#settings): Cluster {
    return new Cluster({
      folder,
      port,
      settings,
      bin: this.#bin,
      owner: this.#owner,
      password: this.#password,
    });
  }

  /** The URL of one of its databases. */
  url(name: string): string {
    return `postgresql://dinhdanh:${this.#password}@127.0.0.1:${this.port}/${name}`;
  }

  /** Makes an empty database. */
  async create(name: string): Promise<string> {
    await runSql(this.url('postgres'), `CREATE DATABASE "${name}"`);
    return this.url(name);
  }

  /** Starts the server, again and again while what was killed still holds its place. @throws when it never does */
  async start(): Promise<void> {
    const end = performance.now() + RETRY_MS;
    for (;;) {
      try {
        await this.#control('start', '-l', join(this.folder, 'server.log'), '-o', this.#options());
        return;
      } catch (failure) {
        if (performance.now() > end) throw failure;
        await sleep(100);
      }
    }
  }

  /** `fast` waits for its disk, `immediate` ends as a crash does. */
  stop(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    return this.#control('stop', '-m', mode);
  }

  /** Kills the server itself, and nothing else: the processes it made go on until they notice. */
  killServer(): void {
    const pid = this.pid();
    if (pid !== null) process.kill(pid, 'SIGKILL');
  }

  /** Stops it whatever state it is in. */
  async end(): Promise<void> {
    if (this.isUp()) await this.stop('immediate').catch(() => this.killServer());
  }

  /** Whether its first process lives. */
  isUp(): boolean {
    const pid = this.pid();
    return pid !== null && commandOf(pid).includes(this.folder);
  }

  /** The server's process; null when none is on record. */
  pid(): number | null {
    try {
      const [line] = readFileSync(join(this.folder, 'postmaster.pid'), 'utf8').split('\n');
      return Number(line) || null;
    } catch {
      return null;
    }
  }

  /** The processes the server has made: those that serve connections, and those that write. */
  children(): number[] {
    const server = this.pid();
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => server !== null && parentOf(pid) === server);
  }

  #options(): string {
    return [
      `-p ${this.port}`,
      '-c listen_addresses=127.0.0.1',
      '-c unix_socket_directories=',
      '-c max_connections=60',
      '-c timezone=UTC',
      ...this.#settings.map((setting) => `-c ${setting}`),
    ].join(' ');
  }

  async #control(command: 'start' | 'stop', ...words: readonly string[]): Promise<void> {
    const owner = this.#owner === undefined ? {} : { uid: this.#owner, gid: this.#owner };
    const all = [command, '-D', this.folder, '-w', '-t', String(PATIENCE_SECONDS), ...words];
    const env = { LC_ALL: 'C', PATH: '/usr/bin:/bin', TZ: 'UTC' };
    await run(join(this.#bin, 'pg_ctl'), all, { ...owner, cwd: '/', env });
  }
}

function commandOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}
