import { isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { networkGroups } from './hash-address.ts';

/** What a client's connection tells, as it may be shown to a person who decides whether it was theirs. */
export interface ClientNetwork {
  /** `203.0.113.x` or `2001:db8:1::x`. */
  readonly network: string;
  readonly agent?: string;
}

const AGENT_CHARACTERS = 200;

/** Reads it off a request. */
export function clientNetwork(request: Pick<FastifyRequest, 'ip' | 'headers'>): ClientNetwork {
  const agent = (request.headers['user-agent'] ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, AGENT_CHARACTERS);
  const network = hideHost(request.ip);
  return agent === '' ? { network } : { network, agent };
}

/** A network address without its last part: enough to tell one's own network, too little to find a household. */
export function hideHost(address: string): string {
  const plain = /^::ffff:([\d.]+)$/i.exec(address)?.[1] ?? address.split('%')[0] ?? '';
  if (!isIPv6(plain)) return plain.replace(/\.\d+$/, '.x');
  return `${networkGroups(plain).slice(0, 3).join(':')}::x`;
}
