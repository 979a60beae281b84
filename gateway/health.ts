import type { BreakerState } from './upstream/upstream.ts';

/** Why a gateway takes no traffic now. */
export type Unreadiness =
  | 'draining'
  | 'engine not loaded'
  | 'accounts unreachable'
  | 'access log unreachable';

/** What a probe is answered with. */
export interface HealthAnswer {
  readonly status: 200 | 503;
  readonly body: { readonly status: 'ok' | Unreadiness };
}

/** What readiness depends on. */
export interface HealthSources {
  readonly engineLoaded: () => boolean;
  /** The breaker of accounts: without accounts nobody can be verified. Registries do not count, a part may be missing. */
  readonly accountsBreaker: () => BreakerState | undefined;
  /** Whether the access log is known to be away: nothing could be released. */
  readonly logAway: () => boolean;
}

/** The health of one gateway, for those who start, stop and route to it. */
export interface Health {
  /** `/healthz`: the process answers; whoever hears nothing restarts it. */
  readonly alive: () => HealthAnswer;
  /** `/readyz`: requests can be served; whoever hears 503 sends them elsewhere. */
  readonly ready: () => HealthAnswer;
  /** From now on not ready, and for ever: the first step of a graceful stop, before connections are closed. */
  readonly drain: () => void;
}

/** Opens the health of one gateway. */
export function createHealth(sources: HealthSources): Health {
  let draining = false;
  const obstacle = (): Unreadiness | null => {
    if (draining) return 'draining';
    if (!sources.engineLoaded()) return 'engine not loaded';
    // Half open is ready: only traffic can bring the trial that closes a breaker.
    if (sources.accountsBreaker() === 'open') return 'accounts unreachable';
    return sources.logAway() ? 'access log unreachable' : null;
  };
  return {
    alive: () => ({ status: 200, body: { status: 'ok' } }),
    ready: () => {
      const found = obstacle();
      return found === null
        ? { status: 200, body: { status: 'ok' } }
        : { status: 503, body: { status: found } };
    },
    drain: () => {
      draining = true;
    },
  };
}
