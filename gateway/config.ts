import { isIP } from 'node:net';
import { documentRules } from './documents/choose-document.ts';
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
  for (const [name, variable, value, least] of countsOf(environment)) read(name, variable, value, least);
  const choose = <Name extends ChoiceName>(
    name: Name,
    variable: string,
    value: string | undefined,
    choices: readonly GatewaySettings[Name][],
  ): void => {
    if (value === undefined || value === '') return;
    const choice = choices.find((known) => known === value);
    if (choice === undefined) wrong.push(`${variable} is one of ${choices.join(', ')}`);
    else settings[name] = choice;
  };
  choose('protections', 'GATEWAY_PROTECTIONS', environment['GATEWAY_PROTECTIONS'], ['filter', 'reject']);
  choose('unplannable', 'GATEWAY_UNPLANNABLE', environment['GATEWAY_UNPLANNABLE'], ['refuse', 'serve']);
  choose('documents', 'GATEWAY_DOCUMENTS', environment['GATEWAY_DOCUMENTS'], documentRules);
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

type ChoiceName = 'protections' | 'unplannable' | 'documents';

type CountName = {
  [Name in keyof GatewaySettings]: number extends GatewaySettings[Name] ? Name : never;
}[keyof GatewaySettings];

/** Settings that are whole numbers: name, variable, what it says, the least that makes sense. */
function countsOf(
  environment: Environment,
): readonly (readonly [CountName, string, string | undefined, number])[] {
  return [
    ['deadlineMs', 'GATEWAY_DEADLINE_MS', environment['GATEWAY_DEADLINE_MS'], 100],
    ['bodyLimitBytes', 'GATEWAY_BODY_LIMIT_BYTES', environment['GATEWAY_BODY_LIMIT_BYTES'], 1024],
    ['requestsPerMinute', 'GATEWAY_REQUESTS_PER_MINUTE', environment['GATEWAY_REQUESTS_PER_MINUTE'], 1],
    ['concurrentRequests', 'GATEWAY_CONCURRENT_REQUESTS', environment['GATEWAY_CONCURRENT_REQUESTS'], 1],
    ['endingRequests', 'GATEWAY_ENDING_REQUESTS', environment['GATEWAY_ENDING_REQUESTS'], 1],
    ['endingPerMinute', 'GATEWAY_ENDING_PER_MINUTE', environment['GATEWAY_ENDING_PER_MINUTE'], 1],
    ['endingDeadlineMs', 'GATEWAY_ENDING_DEADLINE_MS', environment['GATEWAY_ENDING_DEADLINE_MS'], 100],
    [
      'pushedPerMinute',
      'GATEWAY_SHARE_REQUESTS_PER_MINUTE',
      environment['GATEWAY_SHARE_REQUESTS_PER_MINUTE'],
      1,
    ],
    ['concurrentStreams', 'GATEWAY_CONCURRENT_STREAMS', environment['GATEWAY_CONCURRENT_STREAMS'], 1],
    ['refusedSeconds', 'GATEWAY_REFUSED_SECONDS', environment['GATEWAY_REFUSED_SECONDS'], 1],
    ['proofSeconds', 'GATEWAY_PROOF_SECONDS', environment['GATEWAY_PROOF_SECONDS'], 5],
    ['nonceSeconds', 'GATEWAY_NONCE_SECONDS', environment['GATEWAY_NONCE_SECONDS'], 10],
    ['maxDepth', 'GATEWAY_MAX_DEPTH', environment['GATEWAY_MAX_DEPTH'], 1],
    ['maxAliases', 'GATEWAY_MAX_ALIASES', environment['GATEWAY_MAX_ALIASES'], 0],
    ['maxTokens', 'GATEWAY_MAX_TOKENS', environment['GATEWAY_MAX_TOKENS'], 1],
    ['maxDirectives', 'GATEWAY_MAX_DIRECTIVES', environment['GATEWAY_MAX_DIRECTIVES'], 0],
    ['maxSelections', 'GATEWAY_MAX_SELECTIONS', environment['GATEWAY_MAX_SELECTIONS'], 1],
    ['maxRootFields', 'GATEWAY_MAX_ROOT_FIELDS', environment['GATEWAY_MAX_ROOT_FIELDS'], 1],
    ['maxCost', 'GATEWAY_MAX_COST', environment['GATEWAY_MAX_COST'], 0],
    ['maxPlanningMs', 'GATEWAY_MAX_PLANNING_MS', environment['GATEWAY_MAX_PLANNING_MS'], 100],
  ];
}
