import { portRefusal } from './ports.ts';
import type { RoleName } from './service-names.ts';
import { wrongSetting } from './wrong-setting.ts';

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
    const isService = role !== 'gateway' && role !== 'desk' && role !== 'reader';
    const wrong = isService ? wrongSetting(error, role) : null;
    if (wrong !== null) throw wrong;
    throw portRefusal(error, host, port, role) ?? error;
  }
}
