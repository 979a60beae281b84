import { isIP } from 'node:net';
import type { GatewaySettings } from './settings.ts';

/** What the environment says of the gateway: settings to lay over the defaults, and a sentence for each wrong name. */
export interface GatewayEnvironment {
  readonly settings: Partial<GatewaySettings>;
  readonly wrong: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the gateway's settings; what is set to nothing counts as not set. */
export function readGatewaySettings(environment: Environment = process.env): GatewayEnvironment {
  const wrong: string[] = [];
  const settings: { -readonly [Name in keyof GatewaySettings]?: GatewaySettings[Name] } = {};
  const read = (name: CountName, variable: string, value: string | undefined, least: number): void => {
    if (value === undefined || value === '') return;
    const count = /^\d{1,9}$/.test(value) ? Number(value) : -1;
    if (count < least) wrong.push(`${variable} is a whole number from ${least}`);
    else settings[name] = count;
  };
  read('deadlineMs', 'GATEWAY_DEADLINE_MS', environment['GATEWAY_DEADLINE_MS'], 100);
  read('bodyLimitBytes', 'GATEWAY_BODY_LIMIT_BYTES', environment['GATEWAY_BODY_LIMIT_BYTES'], 1024);
  read('requestsPerMinute', 'GATEWAY_REQUESTS_PER_MINUTE', environment['GATEWAY_REQUESTS_PER_MINUTE'], 1);
  read('concurrentRequests', 'GATEWAY_CONCURRENT_REQUESTS', environment['GATEWAY_CONCURRENT_REQUESTS'], 1);
  read('endingRequests', 'GATEWAY_ENDING_REQUESTS', environment['GATEWAY_ENDING_REQUESTS'], 1);
  read('endingPerMinute', 'GATEWAY_ENDING_PER_MINUTE', environment['GATEWAY_ENDING_PER_MINUTE'], 1);
  read('endingDeadlineMs', 'GATEWAY_ENDING_DEADLINE_MS', environment['GATEWAY_ENDING_DEADLINE_MS'], 100);
  read(
    'pushedPerMinute',
    'GATEWAY_SHARE_REQUESTS_PER_MINUTE',
    environment['GATEWAY_SHARE_REQUESTS_PER_MINUTE'],
    1,
  );
  read('concurrentStreams', 'GATEWAY_CONCURRENT_STREAMS', environment['GATEWAY_CONCURRENT_STREAMS'], 1);
  read('refusedSeconds', 'GATEWAY_REFUSED_SECONDS', environment['GATEWAY_REFUSED_SECONDS'], 1);
  read('proofSeconds', 'GATEWAY_PROOF_SECONDS', environment['GATEWAY_PROOF_SECONDS'], 5);
  read('nonceSeconds', 'GATEWAY_NONCE_SECONDS', environment['GATEWAY_NONCE_SECONDS'], 10);
  const publicUrl = environment['GATEWAY_PUBLIC_URL'] ?? '';
  if (publicUrl !== '') {
    if (isOrigin(publicUrl)) settings.publicUrl = publicUrl;
    else wrong.push('GATEWAY_PUBLIC_URL is an origin without a path, such as https://dinhdanh.example');
  }
  const proxies = (environment['GATEWAY_TRUSTED_PROXIES'] ?? '').split(',').map((address) => address.trim());
  const trustedProxies = proxies.filter((address) => address !== '');
  if (trustedProxies.some((address) => isIP(address) === 0)) {
    wrong.push('GATEWAY_TRUSTED_PROXIES is a list of IP addresses, divided by commas');
  } else if (trustedProxies.length > 0) settings.trustedProxies = trustedProxies;
  return { settings, wrong };
}

function isOrigin(value: string): boolean {
  return /^https?:\/\//.test(value) && URL.canParse(value) && new URL(value).origin === value;
}

type CountName = {
  [Name in keyof GatewaySettings]: GatewaySettings[Name] extends number ? Name : never;
}[keyof GatewaySettings];
