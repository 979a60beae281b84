import { serviceNames } from '@dinhdanh/schema';
import type { ServiceName } from '@dinhdanh/schema';

export { serviceNames };
export type { ServiceName };

/** What can be started: a service, the gateway, the witness of the access log, the desk of relying parties, the reader of chips. */
export type RoleName = ServiceName | 'gateway' | 'witness' | 'desk' | 'reader';

/** Everything that can be started, as the command line names it. */
export const roleNames: readonly RoleName[] = ['gateway', ...serviceNames, 'witness', 'desk', 'reader'];

/** Tells whether a word of the command line names something that can be started. */
export function isRoleName(word: string): word is RoleName {
  return (roleNames as readonly string[]).includes(word);
}

/** The prefix of a service's settings in the environment, e.g. `DRIVING_LICENCES`. */
export function environmentPrefix(name: ServiceName | 'witness'): string {
  return name.toUpperCase().replaceAll('-', '_');
}
