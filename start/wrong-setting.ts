import { AppError } from '@dinhdanh/kit';
import { environmentPrefix } from './service-names.ts';
import type { ServiceName } from './service-names.ts';
import { StartError } from './start-error.ts';

/** What a start says of a setting that a service does not take; null for any other failure. */
export function wrongSetting(error: unknown, role: ServiceName | 'witness'): StartError | null {
  if (!(error instanceof AppError) || error.code !== 'BAD_USER_INPUT') return null;
  return new StartError(
    `The environment is not right: ${error.detail.field ?? 'a setting'} of ${role}, one of ${environmentPrefix(role)}_… in docs/config.md.`,
  );
}
