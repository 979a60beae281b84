import { AppError } from '@dinhdanh/kit';
import type { ChipTrustSettings } from './chip/chip-trust.ts';
import { readMessageSettings } from './messages/config.ts';
import type { MessageSettings } from './messages/config.ts';
import { argon2Secrets } from './passwords.ts';
import type { Secrets } from './passwords.ts';
import type { RegistrationPorts } from './registration/ports.ts';

/** What `accounts` is told besides what every service is: handed over by whoever starts it. */
export interface AccountsSettings extends MessageSettings, ChipTrustSettings {
  /** The gateway's origin, where population's changes are asked, once it is known; null keeps relations as they are. */
  readonly gatewayUrl: () => string | null;
  /** The gateway's origin as browsers know it, once it is known; null is `gatewayUrl`. */
  readonly publicUrl: () => string | null;
  /** The key under which the gateway knows this service as a system caller; null as above. */
  readonly systemKey: Buffer | null;
  /** The pause between two looks at population's changes. */
  readonly pollSeconds: number;
  /** How long a session lives from its sign-in, used or not. */
  readonly sessionHours: number;
  /** Shortens or lengthens how long changes wait before they count; null as their rule has it. */
  readonly changeDelaySeconds: number | null;
  /** The origins under which people open the gateway, the first naming whom passkeys are for; empty is `publicUrl`. */
  readonly origins: readonly string[];
  /** What messages that wait are encrypted with; null makes one for this process alone, and what waits at its end is lost. */
  readonly messageKey: Buffer | null;
  /** What one-time codes are hashed with; null makes one for this process alone. */
  readonly otpKey: Buffer | null;
  /** What stands in for other rooms while registering; for tests. */
  readonly registrationPorts: Partial<RegistrationPorts>;
  /** What hashes passwords and passcodes; argon2id, and in tests what counts how often. */
  readonly secrets: Secrets;
}

const defaults = {
  gatewayUrl: () => null,
  publicUrl: () => null,
  systemKey: null,
  pollSeconds: 5,
  sessionHours: 8,
  changeDelaySeconds: null,
  origins: [],
  messageKey: null,
  otpKey: null,
  cscaFiles: [],
  syntheticTrust: null,
  registrationPorts: {},
  secrets: argon2Secrets,
} as const satisfies Omit<AccountsSettings, keyof MessageSettings>;

/**
 * Reads the settings: what is handed over wins over the environment (`ACCOUNTS_SESSION_HOURS`,
 * `ACCOUNTS_POLL_SECONDS`, `ACCOUNTS_CHANGE_DELAY_SECONDS`, `ACCOUNTS_ORIGINS`, `ACCOUNTS_CSCA_FILES`, and those of messages), which wins over the defaults.
 *
 * @throws AppError `BAD_USER_INPUT` with the names of the settings that are not right
 */
export function readSettings(
  given: unknown,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): AccountsSettings {
  const messages = readMessageSettings(environment);
  if (messages.wrong.length > 0) throw wrongSetting(messages.wrong.join(', '));
  const settings: AccountsSettings = {
    ...defaults,
    ...messages.settings,
    ...fromEnvironment('sessionHours', environment['ACCOUNTS_SESSION_HOURS']),
    ...fromEnvironment('pollSeconds', environment['ACCOUNTS_POLL_SECONDS']),
    ...fromEnvironment('changeDelaySeconds', environment['ACCOUNTS_CHANGE_DELAY_SECONDS']),
    ...originsFrom(environment['ACCOUNTS_ORIGINS']),
    ...filesFrom(environment['ACCOUNTS_CSCA_FILES']),
    ...(given as Partial<AccountsSettings> | undefined),
  };
  for (const name of ['sessionHours', 'pollSeconds'] as const) {
    if (!(settings[name] > 0)) throw wrongSetting(name);
  }
  if (!((settings.changeDelaySeconds ?? 0) >= 0)) throw wrongSetting('changeDelaySeconds');
  if (!settings.origins.every(isOrigin)) throw wrongSetting('origins');
  return Object.freeze(settings);
}

/** Whether messages are shown on a screen of this machine instead of being sent, some at least. @throws as {@link readSettings} */
export function showsOutbox(given: unknown): boolean {
  const { sms, email } = readSettings(given);
  return sms === 'development' || email === 'development';
}

/** The origins under which people open the gateway, as far as they are known by now. */
export function publicOrigins({
  origins,
  gatewayUrl,
  publicUrl,
}: Pick<AccountsSettings, 'origins' | 'gatewayUrl' | 'publicUrl'>): string[] {
  const url = publicUrl() ?? gatewayUrl();
  return origins.length > 0 || url === null ? [...origins] : [url];
}

function wrongSetting(field: string): AppError {
  return new AppError('BAD_USER_INPUT', { field, internal: `accounts: ${field}` });
}

/** Passkeys work over TLS, and on this machine without. */
function isOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return (
    url?.origin === text &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === 'localhost'))
  );
}

function originsFrom(value: string | undefined): Partial<AccountsSettings> {
  return value === undefined ? {} : { origins: value.split(',').map((origin) => origin.trim()) };
}

function filesFrom(value: string | undefined): Partial<AccountsSettings> {
  const files = (value ?? '').split(',').map((file) => file.trim());
  return value === undefined ? {} : { cscaFiles: files.filter((file) => file !== '') };
}

function fromEnvironment(
  name: 'sessionHours' | 'pollSeconds' | 'changeDelaySeconds',
  value: string | undefined,
): Partial<AccountsSettings> {
  // An empty text is no number, and least of all 0.
  return value === undefined ? {} : { [name]: value.trim() === '' ? Number.NaN : Number(value) };
}
