import { unreachable } from '@dinhdanh/kit';
import type { DemoParty } from '../settings.ts';
import { purposes } from './purposes.ts';
import type { PartyStore } from './store.ts';

/** Keeps the demonstration's relying parties as they are given: their addresses change with the port of a start. */
export async function keepDemoParties(
  parties: readonly DemoParty[],
  store: PartyStore,
  now: Date,
): Promise<void> {
  for (const { clientId, organisation, purpose, jwks, ...rest } of parties) {
    const { claims } = purposes.get(purpose.code) ?? unreachable('a desk of an unknown purpose');
    await store.keep({
      ...rest,
      id: clientId,
      organisationId: organisation.id,
      legalName: organisation.legalName,
      taxCode: organisation.taxCode,
      sector: organisation.sector,
      registeredBy: organisation.representative ?? 'demonstration',
      registeredAt: now,
      decidedAt: now,
      state: 'APPROVED',
      reason: null,
      ...{ jwks, jwksUri: null },
      purposes: [{ ...purpose, claims }],
    });
  }
}
