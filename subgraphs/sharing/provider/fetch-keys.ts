import type { Configuration } from 'oidc-provider';
import { isLoopback } from './party.ts';

type Fetch = NonNullable<Configuration['fetch']>;

/**
 * How keys of relying parties are fetched from their `jwks_uri`: by https, without redirects, and, by the library's own
 * connector, never from an address that is private, local or reserved. Where loopback is allowed, plain HTTP on this
 * machine is too.
 */
export function fetchKeys(allowLoopback: boolean): Fetch {
  return (url, options) => {
    const { protocol, hostname } = new URL(url instanceof Request ? url.url : url);
    if (allowLoopback && isLoopback(hostname)) {
      const { dispatcher: _, ...plain } = options as RequestInit & { dispatcher?: unknown };
      return fetch(url, { ...plain, redirect: 'error' });
    }
    if (protocol !== 'https:') return Promise.reject(new TypeError('keys are fetched by https alone'));
    return fetch(url, { ...options, redirect: 'error' });
  };
}
