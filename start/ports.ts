import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { ServiceName } from './service-names.ts';
import { StartError } from './start-error.ts';

/** The services in the order of their ports, those to come among them, so that no port ever moves. */
const PORT_ORDER = [
  'population',
  'immigration',
  'driving-licences',
  'vehicles',
  'social-insurance',
  'accounts',
  'sharing',
  'access-log',
];

/** How far a service's port lies above the gateway's. */
export function portOffset(service: ServiceName): number {
  return PORT_ORDER.indexOf(service) + 1;
}

/** How far the desk's port lies above the gateway's. */
export const DESK_OFFSET = 20;

/** How far the witness's port lies above the gateway's. */
export const WITNESS_OFFSET = 21;

/** How far the port of the reader that stands for a telephone lies above the gateway's. */
export const READER_OFFSET = 22;
/** How far the port of the screen that shows messages in development lies above the gateway's. */
export const OUTBOX_OFFSET = 23;

/** A TCP port on loopback that is free at this moment. */
export function freePort(): Promise<number> {
  return tryPort('127.0.0.1', 0);
}

/**
 * Sees before anything else is done that each role can have its port; 0 is free always.
 *
 * @throws StartError naming the port and the role
 */
export async function checkPorts(host: string, ports: ReadonlyMap<string, number>): Promise<void> {
  for (const [role, port] of ports) {
    if (port === 0) continue;
    await tryPort(host, port).catch((cause: unknown) => {
      throw portRefusal(cause, host, port, role) ?? cause;
    });
  }
}

/** What to tell when a role could not listen; null when that was not the reason. */
export function portRefusal(cause: unknown, host: string, port: number, role: string): StartError | null {
  switch ((cause as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new StartError(
        `Port ${port} (${role}) is in use: stop the program on it, or choose other ports with --port.`,
      );
    case 'EACCES':
      return new StartError(`Port ${port} (${role}) is not for this user: choose others with --port.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(
        `${host} is no address of this machine: set DINHDANH_HOST to one that is, or leave it out.`,
      );
    default:
      return null;
  }
}

async function tryPort(host: string, port: number): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done, fail) => probe.once('error', fail).listen(port, host, done));
  const { port: given } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return given;
}
