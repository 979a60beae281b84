import type { RunningGateway } from '@dinhdanh/gateway';
import { startGatewayUnderTest } from '../harness/gateway-under-test.ts';
import type { SharedSystem } from '../harness/global-setup.ts';
import type { Way } from './whole-flow.ts';

/** A front door of the same issuer to which nobody else comes: what it has counted is what one test did. */
export function openOwnDoor(system: SharedSystem, { url }: Pick<Way, 'url'>): Promise<RunningGateway> {
  const settings = { publicUrl: url, deadlineMs: 15_000, requestsPerMinute: 1_000_000 };
  return startGatewayUnderTest(system, { settings });
}

/** A gateway's count of relying parties' calls that were refused for a reason. */
export async function refusedCount({ url }: Pick<RunningGateway, 'url'>, reason: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text
    .split('\n')
    .find((one) => one.startsWith(`dinhdanh_relying_party_refused_total{reason="${reason}"}`));
  return Number(line?.split(' ').at(-1) ?? 0);
}
