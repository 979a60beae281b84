import { createECDH, createHash } from 'node:crypto';
import { deskParties, redirectPath, startDesk } from '@dinhdanh/desk';
import type { DeskCredentials, DeskParty } from '@dinhdanh/desk';
import { systemClock, unreachable } from '@dinhdanh/kit';
import type { Clock } from '@dinhdanh/kit';
import { organisations } from '@dinhdanh/people';
import type { DemoParty } from '@dinhdanh/sharing';
import type { KeyFolder } from './keys.ts';
import { DESK_OFFSET } from './ports.ts';
import type { RoleName } from './service-names.ts';

/** What of a start's options is about the desk. */
export interface DeskOptions {
  readonly roles: ReadonlySet<RoleName>;
  readonly host: string;
  readonly port: number;
  readonly clock?: Clock;
}

/** The desk of the demonstration's relying parties, and what sharing is told of them. */
export interface OpenDesk {
  /** `http://desk.localhost:port`: an origin of its own. */
  readonly url: string;
  readonly parties: readonly DemoParty[];
  /** What `demo.json` tells of the first of them. */
  readonly demo: DemoRelyingParty;
  readonly stop: () => Promise<void>;
}

/** A synthetic relying party with its private key, for programs that want to try the flow themselves. */
export interface DemoRelyingParty {
  readonly clientId: string;
  readonly privateJwk: DeskCredentials['privateJwk'];
  readonly redirectUri: string;
  readonly legalName: string;
  readonly purpose: string;
}

/** Its port; 0 takes a free one. */
export function deskPort({ port }: DeskOptions): number {
  return port === 0 ? 0 : port + DESK_OFFSET;
}

/**
 * Starts the desk before the services, since they are told where its customers come back to; it asks for nothing until
 * somebody stands at it, and by then the gateway is up.
 */
export async function openDesk(
  options: DeskOptions,
  keys: KeyFolder,
  issuer: () => string | null,
): Promise<OpenDesk> {
  const credentials: Record<string, DeskCredentials> = {};
  for (const party of deskParties) credentials[party.key] = await credentialsOf(party, keys);
  const place = { port: 0 };
  const origin = (): string => `http://desk.localhost:${place.port}`;
  const redirectUri = (party: string): string => `${origin()}${redirectPath(party)}`;
  const desk = await startDesk({
    host: options.host,
    port: deskPort(options),
    issuer: () => issuer() ?? '',
    credentials,
    redirectUri,
    clock: options.clock ?? systemClock,
  });
  place.port = desk.port;
  const [first] = deskParties;
  if (first === undefined) return unreachable('a desk without parties');
  const { clientId, privateJwk } = credentials[first.key] ?? unreachable('a party without credentials');
  return {
    url: origin(),
    parties: deskParties.map((party) =>
      describeParty(party, credentials[party.key] ?? unreachable('no key'), redirectUri(party.key)),
    ),
    demo: {
      ...{ clientId, privateJwk, redirectUri: redirectUri(first.key) },
      ...{ legalName: organisationOf(first).legalName, purpose: first.purpose.code },
    },
    stop: desk.stop,
  };
}

function organisationOf({ key }: DeskParty): (typeof organisations)[number] {
  return organisations.find((one) => one.key === key) ?? unreachable('a desk of no organisation');
}

function describeParty(
  party: DeskParty,
  { clientId, privateJwk }: DeskCredentials,
  redirectUri: string,
): DemoParty {
  const { kty, crv, x, y, kid } = privateJwk;
  const { id, legalName, taxCode, sector, representative } = organisationOf(party);
  return {
    clientId,
    organisation: { id, legalName, taxCode, sector, representative },
    displayName: party.name.vi,
    domain: 'desk.localhost',
    dataContact: `du-lieu@${party.key}.example`,
    redirectUris: [redirectUri],
    jwks: { keys: [{ kty, crv, x, y, kid, use: 'sig', alg: 'ES256' }] },
    purpose: {
      code: party.purpose.code,
      retentionDays: party.retentionDays,
      standing: party.standing !== null,
    },
  };
}

/** A P-256 key from the key file of the party, the same at every start. */
async function credentialsOf(party: DeskParty, keys: KeyFolder): Promise<DeskCredentials> {
  const secret = await keys.key(`desk.${party.key}`);
  const pair = createECDH('prime256v1');
  // A uniform 32-byte word is a valid P-256 scalar but for one in 2^32; hashing on finds the next.
  for (let scalar = secret; ; scalar = createHash('sha256').update(scalar).digest()) {
    try {
      pair.setPrivateKey(scalar);
      break;
    } catch {
      continue;
    }
  }
  const point = pair.getPublicKey();
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  // RFC 7638: the thumbprint of the public members in this order.
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y }))
    .digest('base64url');
  const d = pair.getPrivateKey().toString('base64url').padStart(43, 'A');
  return { clientId: `desk-${party.key}`, privateJwk: { ...jwk, d, kid, alg: 'ES256' } };
}
