import type { RunningService } from '@dinhdanh/kit';
import { servicePort } from './role-ports.ts';
import { serviceNames } from './service-names.ts';
import type { ServiceName } from './service-names.ts';

/** What of a start's options is about where services are. */
export interface AddressOptions {
  readonly host: string;
  /** The gateway's. */
  readonly port: number;
  readonly serviceUrls: Readonly<Partial<Record<ServiceName, string>>>;
}

/** Where the gateway finds each service: a URL of the environment wins, then this process, then the port it would have. */
export function addressesOf(
  options: AddressOptions,
  services: ReadonlyMap<ServiceName, RunningService>,
): Record<ServiceName, string> {
  const entries = serviceNames.map((name) => {
    const elsewhere = options.serviceUrls[name];
    const usual = `http://${options.host}:${servicePort(options.port, name)}`;
    return [name, elsewhere ?? services.get(name)?.origin ?? usual] as const;
  });
  return Object.fromEntries(entries) as Record<ServiceName, string>;
}
