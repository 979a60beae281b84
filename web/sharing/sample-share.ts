import type { ShareItem, ShareRequest } from './share.ts';

/** An item for tests. Never used by a screen. */
export function sampleItem(id: string, given: Partial<ShareItem> = {}): ShareItem {
  return {
    id,
    claim: 'identity.basic',
    fields: [id],
    label: null,
    voluntary: false,
    sensitive: false,
    separateTick: false,
    ...given,
  };
}

/** A request for tests: a hotel asks a name, a portrait by its own tick, and, voluntarily, a phone number. */
export function sampleRequest(given: Partial<ShareRequest> = {}): ShareRequest {
  return {
    handle: 'h4ndleOfOneRequest0000',
    state: 'CLAIMED',
    party: {
      id: 'hotel',
      legalName: 'Công ty cổ phần Khách sạn Hồ Gươm',
      displayName: 'Khách sạn Hồ Gươm',
      taxCode: '0100000001',
      domain: 'hogươm.example',
      sector: 'hospitality',
      dataContact: 'dulieu@hoguom.example',
      verified: true,
    },
    items: [
      sampleItem('person.fullName'),
      sampleItem('person.portrait', { claim: 'portrait', sensitive: true, separateTick: true }),
      sampleItem('person.phone', { claim: 'contact', voluntary: true }),
      sampleItem('person.religion', { separateTick: true, sensitive: true, voluntary: true }),
    ],
    purpose: { code: 'hotel_check_in', label: null, text: null },
    retentionDays: 30,
    fetch: 'ONCE',
    frequency: null,
    validUntil: null,
    decideUntil: '2026-11-22T03:05:00.000Z',
    origin: { network: '203.0.113.x', device: 'Firefox, Windows', sameNetwork: true, at: null },
    number: null,
    returnUrl: null,
    refusalMeans: null,
    wards: [],
    textHash: 'hash',
    consent: null,
    ...given,
  };
}
