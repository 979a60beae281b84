import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What the proxy does to bytes on their way from the service to whoever asked. `afterBytes` counts them from the start
 * of the connection, or from the moment the fault was set if that was later.
 *
 * - `none`: passes all on.
 * - `latency`: passes all on, so many milliseconds late.
 * - `hold`: passes nothing on until another fault is set, then all that was held.
 * - `down`: breaks each connection with a RST as it comes, and those that are open.
 * - `blackhole`: accepts, reads and says nothing, on open connections too.
 * - `slow`: passes one byte on every so many milliseconds.
 * - `stall`: falls silent after so many bytes, connection open.
 * - `truncate`: ends the connection in good order (FIN) after so many bytes.
 * - `reset`: breaks it (RST) after so many bytes.
 */
export type Fault =
  | { readonly kind: 'none' | 'hold' | 'down' | 'blackhole' }
  | { readonly kind: 'latency'; readonly ms: number }
  | { readonly kind: 'slow'; readonly msPerByte: number }
  | { readonly kind: 'stall' | 'truncate' | 'reset'; readonly afterBytes: number };

/** A proxy on loopback that listens. */
export interface FaultProxy {
  /** `http://127.0.0.1:port`: what the gateway is told instead of the service's own address. */
  readonly url: string;
  readonly port: number;
  /** Changes the fault, for open connections too. */
  readonly set: (fault: Fault) => void;
  /** Breaks all open connections with a RST, once; new ones are served. */
  readonly killAll: () => void;
  /** Connections from askers that are open now. */
  readonly open: () => number;
  /** Connections accepted so far. */
  readonly accepted: () => number;
  readonly close: () => Promise<void>;
}

/**
 * A TCP proxy that plays a dead, slow or half-dead network before a real service, one for each connection it is given:
 *
 * ```ts
 * const proxy = await startFaultProxy(vehicles.url);
 * // start the gateway with VEHICLES_URL = proxy.url
 * proxy.set({ kind: 'stall', afterBytes: 200 });
 * ```
 *
 * It knows nothing of HTTP; answers that are well formed but wrong are played by a service made for it.
 */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const { hostname, port: targetPort } = new URL(target);
  const links = new Set<Link>();
  let fault: Fault = { kind: 'none' };
  let accepted = 0;
  const server = createServer({ allowHalfOpen: true }, (asker) => {
    accepted += 1;
    const link = new Link(asker, connect(Number(targetPort), hostname), fault);
    links.add(link);
    asker.on('close', () => links.delete(link));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    set: (next) => {
      fault = next;
      for (const link of links) link.suffer(next);
    },
    killAll: () => {
      for (const link of links) link.break();
    },
    open: () => links.size,
    accepted: () => accepted,
    close: async () => {
      for (const link of links) link.break();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One connection through the proxy. */
class Link {
  readonly #asker: Socket;
  readonly #service: Socket;
  #fault: Fault;
  /** Resolved when another fault is set. */
  #change = Promise.withResolvers<void>();
  /** Bytes passed on since the fault was set. */
  #passed = 0;

  constructor(asker: Socket, service: Socket, fault: Fault) {
    this.#asker = asker;
    this.#service = service;
    this.#fault = fault;
    asker.on('error', () => undefined).on('close', () => service.destroy());
    // A service that is down is down for the asker too.
    service.on('error', () => this.break());
    asker.pipe(service);
    void this.#passAnswers();
    this.suffer(fault);
  }

  suffer(fault: Fault): void {
    this.#fault = fault;
    this.#passed = 0;
    this.#change.resolve();
    this.#change = Promise.withResolvers();
    if (fault.kind === 'down') this.break();
  }

  break(): void {
    this.#asker.resetAndDestroy();
    this.#service.destroy();
  }

  /** Reads the next bytes only when the last are gone, so that neither side's memory grows. */
  async #passAnswers(): Promise<void> {
    try {
      for await (const bytes of this.#service) await this.#pass(bytes as Buffer);
      if (this.#fault.kind !== 'blackhole' && this.#fault.kind !== 'stall') this.#asker.end();
    } catch {
      this.break();
    }
  }

  async #pass(bytes: Buffer): Promise<void> {
    const fault = this.#fault;
    switch (fault.kind) {
      case 'none':
        return this.#write(bytes);
      case 'hold':
        await this.#change.promise;
        return this.#pass(bytes);
      case 'latency':
        await sleep(fault.ms);
        return this.#write(bytes);
      case 'slow':
        for (const byte of bytes) {
          await sleep(fault.msPerByte);
          await this.#write(Buffer.of(byte));
        }
        return;
      case 'stall':
      case 'truncate':
      case 'reset':
        return this.#passUpTo(fault.afterBytes, fault.kind, bytes);
      default:
    }
  }

  async #passUpTo(limit: number, then: 'stall' | 'truncate' | 'reset', bytes: Buffer): Promise<void> {
    const room = Math.max(0, limit - this.#passed);
    this.#passed += bytes.length;
    if (room > 0) await this.#write(bytes.subarray(0, room));
    if (bytes.length <= room) return;
    if (then === 'truncate') this.#asker.end();
    if (then === 'reset') this.break();
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#asker.destroyed || this.#asker.write(bytes)) return;
    await new Promise((resolve) => this.#asker.once('drain', resolve).once('close', resolve));
  }
}
