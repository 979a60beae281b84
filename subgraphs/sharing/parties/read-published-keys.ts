import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

const MOST_BYTES = 64 * 1024;
const PATIENCE_MS = 3_000;

/** Addresses that are no business of a relying party: this machine, private networks, link-local, multicast (RFC 6890). */
const inside = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(network, prefix, 'ipv6');

/** Whether an address lies outside of what this machine alone can reach. */
export function isPublicAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isPublicAddress(mapped);
  const family = isIP(address);
  return family !== 0 && !inside.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/**
 * Reads the text at an address that a relying party named: https and public alone, no redirects, within 3 seconds and
 * 64 KB; null where any of it is not so. `allowLoopback` admits this machine, for demonstrations and tests.
 */
export async function readPublishedKeys(address: string, allowLoopback: boolean): Promise<string | null> {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (!allowLoopback && (url.protocol !== 'https:' || !(await resolvesOutside(url.hostname)))) return null;
  try {
    const response = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { accept: 'application/jwk-set+json, application/json' },
    });
    if (response.status !== 200 || response.body === null) return null;
    return await readBounded(response.body);
  } catch {
    return null;
  }
}

async function resolvesOutside(hostname: string): Promise<boolean> {
  const addresses = await lookup(hostname.replaceAll(/^\[|\]$/g, ''), { all: true }).catch(() => []);
  return addresses.length > 0 && addresses.every(({ address }) => isPublicAddress(address));
}

async function readBounded(body: ReadableStream<Uint8Array>): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
