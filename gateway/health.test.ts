import { expect, test } from 'vitest';
import { createHealth } from './health.ts';
import type { BreakerState } from './upstream/upstream.ts';

test.each<[boolean, BreakerState | undefined, boolean, boolean, number, string]>([
  [true, 'closed', false, false, 200, 'ok'],
  [true, 'half_open', false, false, 200, 'ok'],
  [true, undefined, false, false, 200, 'ok'],
  [true, 'open', false, false, 503, 'accounts unreachable'],
  [true, 'closed', true, false, 503, 'access log unreachable'],
  [false, 'closed', false, false, 503, 'engine not loaded'],
  [true, 'closed', false, true, 503, 'draining'],
])(
  'engine loaded %s, breaker of accounts %s, access log away %s, draining %s: readiness is %i %s',
  (loaded, breaker, away, draining, status, told) => {
    const health = createHealth({
      engineLoaded: () => loaded,
      accountsBreaker: () => breaker,
      logAway: () => away,
    });
    if (draining) health.drain();
    expect(health.ready()).toEqual({ status, body: { status: told } });
    expect(health.alive()).toEqual({ status: 200, body: { status: 'ok' } });
  },
);
