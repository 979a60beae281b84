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
    const result = await raceRevoke(way, { party, visitor, readers: READERS, atLeast: READERS });
    expect(result).toMatchObject({ late: 0, broken: 0 });
    expect(result.before).toBeGreaterThanOrEqual(READERS);
    expect(result.refusedAfter).toBeGreaterThanOrEqual(READERS);
  },
);

it('a gateway that remembers consents for a second is caught by the same race', async () => {
  const memory = await rememberConsents(system.services['sharing'] ?? '', 1_000);
  const gateway = await startGatewayUnderTest(system, {
    services: { sharing: memory.url },
    settings: { publicUrl: way.url, deadlineMs: 15_000, requestsPerMinute: 1_000_000 },
  });
  try {
    const race = { party, visitor, readers: 20, atLeast: 20, address: gateway.url };
    expect((await raceRevoke(way, race)).late).toBeGreaterThan(0);
  } finally {
    await gateway.stop();
    await memory.stop();
  }
});
