import type { AccessEntry } from './entry.ts';

/** An entry for tests: a hotel that read a name on a day of November. Never used by a screen. */
export function sampleEntry(index: number, given: Partial<AccessEntry> = {}): AccessEntry {
  return {
    origin: 'log.example/2026h2',
    index,
    time: '2026-11-21T03:05:00.000Z',
    event: 'READ',
    actor: { kind: 'RELYING_PARTY', name: 'Khách sạn Hồ Gươm' },
    mine: false,
    claims: ['identity.basic'],
    sources: ['population'],
    purpose: 'hotel_check_in',
    legalBasis: '59/2010/QH12 Điều 12',
    consentId: 'consent-7',
    outcome: 'RELEASED',
    refusal: null,
    leafHash: 'AAAA',
    ...given,
  };
}
