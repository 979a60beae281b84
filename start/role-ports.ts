import { readerPort } from './chips/open-reader.ts';
import { deskPort } from './open-desk.ts';
import type { DeskOptions } from './open-desk.ts';
import { hasWitness, witnessPort } from './open-witness.ts';
import type { LogOptions } from './open-witness.ts';
import { outboxPort } from './outbox-place.ts';
import type { OutboxOptions } from './outbox-place.ts';
import { portOffset } from './ports.ts';
import { serviceNames } from './service-names.ts';
import type { RoleName, ServiceName } from './service-names.ts';

/** The port of everything that will listen here, by name; 0 for one that takes a free one. */
export function portsOfRoles(
  options: DeskOptions & LogOptions & OutboxOptions,
): Map<RoleName | 'outbox', number> {
  const { roles, port } = options;
  const names = serviceNames.filter((name) => roles.has(name));
  const ports = new Map<RoleName | 'outbox', number>(names.map((name) => [name, servicePort(port, name)]));
  if (roles.has('gateway')) ports.set('gateway', port);
  if (hasWitness(options)) ports.set('witness', witnessPort(options));
  if (roles.has('desk')) ports.set('desk', deskPort(options));
  if (roles.has('reader')) ports.set('reader', readerPort(options));
  ports.set('outbox', outboxPort(options) ?? 0);
  return ports;
}

/** A service's port beside the gateway's. */
export function servicePort(gatewayPort: number, name: ServiceName): number {
  return gatewayPort === 0 ? 0 : gatewayPort + portOffset(name);
}
