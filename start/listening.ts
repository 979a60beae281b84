import { AppError } from '@dinhdanh/kit';
import { portRefusal } from './ports.ts';
import { environmentPrefix } from './service-names.ts';
import type { RoleName } from './service-names.ts';
import { StartError } from './start-error.ts';

/**
 * Starts what listens on a port, and says in a sentence what to do where it cannot.
 *
 * @throws StartError for a port that cannot be had, or a setting of the role that is not right
 */
export async function listening<T>(
  host: string,
  role: RoleName,
  port: number,
  start: () => Promise<T>,
): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (
      error instanceof AppError &&
      error.code === 'BAD_USER_INPUT' &&
      role !== 'gateway' &&
      role !== 'desk' &&
      role !== 'reader'
    ) {
      throw new StartError(
        `The environment is not right: ${error.detail.field ?? 'a setting'} of ${role}, one of ${environmentPrefix(role)}_… in docs/config.md.`,
      );
    }
    throw portRefusal(error, host, port, role) ?? error;
  }
}
