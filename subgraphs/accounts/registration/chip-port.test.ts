import { expect, it } from 'vitest';
import { openTrustStore } from '../chip/trust-store.ts';
import { openChipPort } from './chip-port.ts';

const now = new Date('2026-11-22T03:00:00Z');

it.each(['DG3', 'DG4', '__proto__', 'constructor'])(
  'a reading with %s is refused, and not taken without it',
  async (name) => {
    const trust = openTrustStore({ country: 'VN', issuingState: 'VNM', certificates: [], lists: [] });
    const verify = openChipPort({ current: async () => trust });
    const files = new Map([[name, new Uint8Array([0x63, 0])]]);
    const chip = { files, signature: new Uint8Array(8), challenge: new Uint8Array(8) };
    expect(await verify(chip, { personalNumber: '097204000777', now })).toMatchObject({
      genuine: false,
      code: 'CHIP_GROUP_REFUSED',
    });
  },
);
