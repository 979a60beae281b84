import type { DemoPerson } from '@dinhdanh/start';
import { beforeAll, expect, inject, it } from 'vitest';
import { readDemo } from '../harness/client.ts';
import { startGatewayUnderTest } from '../harness/gateway-under-test.ts';
import { raceRevoke, rememberConsents } from './race-revoke.ts';
import type { RelyingParty } from './relying-party.ts';
import * as whole from './whole-flow.ts';
import type { Visitor, Way } from './whole-flow.ts';

const system = inject('system');
const READERS = 200;

let way: Way;
let party: RelyingParty;
let visitor: Visitor;
beforeAll(async () => {
  way = await whole.openWay(system);
  party = await whole.newParty(way);
  visitor = await whole.visitorOf(way, readDemo(system.dataFolder).citizens['level2'] as DemoPerson);
});

it.each([1, 2, 3, 4, 5])(
  'against two hundred readers at once, nothing that was asked after the revoke was answered holds data: round %i',
  async () => {
    const race = { party, visitor, readers: READERS, atLeast: READERS, after: READERS };
    const { late, before, refusedAfter } = await raceRevoke(way, race);
    expect(late).toBe(0);
    expect(before).toBeGreaterThanOrEqual(READERS);
    expect(refusedAfter).toBeGreaterThan(0);
  },
);

it('two hundred readers who have used up every place and share of a front door keep no withdrawal waiting', async () => {
  // Places and shares that readers have soon used up: whoever is refused comes again at once.
  const gateway = await startGatewayUnderTest(system, {
    settings: { publicUrl: way.url, concurrentRequests: 48, requestsPerMinute: 100 },
  });
  try {
    const counts = { readers: READERS, atLeast: 10 * READERS, ofAnyKind: true, after: READERS };
    const addresses = { address: gateway.url, revokeAddress: gateway.url };
    const { late, brokenBy, revokeTries, revokeMs } = await raceRevoke(way, {
      ...{ party, visitor, ...counts, ...addresses },
    });
    expect(late).toBe(0);
    expect(brokenBy['RATE_LIMITED ADDRESS_RATE']).toBeGreaterThan(READERS);
    expect(revokeTries).toBe(1);
    expect(revokeMs).toBeLessThan(20_000);
  } finally {
    await gateway.stop();
  }
});

it('a gateway that remembers consents for a second is caught by the same race', async () => {
  const memory = await rememberConsents(system.services['sharing'] ?? '', 1_000);
  const gateway = await startGatewayUnderTest(system, {
    services: { sharing: memory.url },
    settings: { publicUrl: way.url, deadlineMs: 15_000, requestsPerMinute: 1_000_000 },
  });
  try {
    const race = { party, visitor, readers: 5, atLeast: 20, after: 5, address: gateway.url };
    let late = 0;
    // What it remembers may just have run out when the revoke is answered.
    for (let round = 0; round < 5 && late === 0; round += 1) late = (await raceRevoke(way, race)).late;
    expect(late).toBeGreaterThan(0);
  } finally {
    await gateway.stop();
    await memory.stop();
  }
});
