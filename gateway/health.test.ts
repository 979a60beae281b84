import { expect, test } from 'vitest';
import { createHealth } from './health.ts';
import type { BreakerState } from './upstream/upstream.ts';

test.each<[boolean, BreakerState | undefined, boolean, number, string]>([
  [true, 'closed', false, 200, 'ok'],
  [true, 'half_open', false, 200, 'ok'],
  [true, undefined, false, 200, 'ok'],
  [true, 'open', false, 503, 'accounts unreachable'],
  [false, 'closed', false, 503, 'engine not loaded'],
  [true, 'closed', true, 503, 'draining'],
])(
  'engine loaded %s, breaker of accounts %s, draining %s: readiness is %i %s',
  (loaded, breaker, draining, status, told) => {
    const health = createHealth({ engineLoaded: () => loaded, accountsBreaker: () => breaker });
    if (draining) health.drain();
    expect(health.ready()).toEqual({ status, body: { status: told } });
    expect(health.alive()).toEqual({ status: 200, body: { status: 'ok' } });
  },
);
