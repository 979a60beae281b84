import { createHmac } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import { secretKey } from '@dinhdanh/kit';

/**
 * Turns a network address into what stands for it everywhere behind the front door: a keyed hash, since the four thousand
 * million addresses of IPv4 can be tried one by one against a plain one. An IPv6 address counts by its network of 64
 * bits, of which every customer has at least one to draw fresh addresses from.
 */
export function hashAddress(address: string, key: Buffer): string {
  return createHmac('sha256', secretKey(key)).update(networkOf(address)).digest('base64url').slice(0, 22);
}

/** What a connection's address stands for, and goes with it: most requests come over a connection that has brought one before. */
const ofConnections = new WeakMap<
  object,
  { readonly address: string; readonly key: Buffer; readonly hash: string }
>();

/** The same for the address of a request that came over a connection; a proxy's connection may bring one after the other. */
export function hashAddressOf(connection: object, address: string, key: Buffer): string {
  const known = ofConnections.get(connection);
  if (known?.address === address && known.key === key) return known.hash;
  const hash = hashAddress(address, key);
  ofConnections.set(connection, { address, key, hash });
  return hash;
}

function networkOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  const [plain = ''] = address.split('%');
  return isIPv6(plain) ? networkGroups(plain).join(':') : address;
}

/** The first four groups of an IPv6 address, `::` written out, leading zeros gone. */
export function networkGroups(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const last = tail === '' ? [] : tail.split(':');
    // A dotted quad at the end stands for two groups.
    const width = last.length + (last.at(-1)?.includes('.') === true ? 1 : 0);
    groups.push(...Array.from({ length: 8 - groups.length - width }, () => '0'), ...last);
  }
  return groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
}
