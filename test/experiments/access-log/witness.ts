import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, '../../../subgraphs/access-log/witness/dinhdanh-witness.ts');

/** A witness as a process of its own, with a folder of its own, as its operator starts it. */
export class WitnessProcess {
  readonly #child: ChildProcess;
  /** `http://host:port`. */
  readonly url: string;
  /** The public key of its cosignatures (C2SP vkey). */
  readonly key: string;

  private constructor(child: ChildProcess, url: string, key: string) {
    this.#child = child;
    this.url = url;
    this.key = key;
  }

  /** @param logKey public key of the log under the log's name (C2SP vkey) */
  static async start(folder: string, logKey: string): Promise<WitnessProcess> {
    const words = [PROGRAM, '--data', folder, '--log', logKey, '--port', '0', '--with-parent'];
    const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'ignore'] });
    const ready = await new Promise<RegExpExecArray>((resolve, reject) => {
      let out = '';
      child.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        const line = /^ready (\S+) (\S+)$/m.exec(out);
        if (line !== null) resolve(line);
      });
      child.once('exit', (code) => reject(new Error(`the witness ended before it was ready (${code})`)));
    });
    return new WitnessProcess(child, ready[1] ?? '', ready[2] ?? '');
  }

  /** Silent, with its connections open: what is sent to it is taken and never answered. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await ended;
  }
}
