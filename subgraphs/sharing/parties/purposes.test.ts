import { claimCatalogue } from '@dinhdanh/schema';
import { describe, expect, it } from 'vitest';
import { purposes } from './purposes.ts';

describe('the catalogue of purposes', () => {
  it.each([...purposes.values()])(
    'bounds $code by claims that may be shared, and says it in both languages',
    (purpose) => {
      const shareable = claimCatalogue
        .filter(({ share }) => share === 'ALLOWED' || share === 'SEPARATE_TICK')
        .map(({ id }) => id);
      for (const claim of purpose.claims) expect(shareable).toContain(claim);
      for (const text of [purpose.label, purpose.refusalMeans]) {
        expect(text.vi).toMatch(/\S/);
        expect(text.en).toMatch(/\S/);
      }
      expect(purpose.retentionDays).toBeGreaterThan(0);
      expect(purpose.standing).toBe(purpose.frequency !== null && purpose.standingDays > 0);
      expect(purpose.legalBasis).toMatch(/Điều \d+/);
    },
  );

  it('R4: has the nine purposes, public services among them', () => {
    expect([...purposes.keys()].toSorted()).toEqual([
      'age_check',
      'airport',
      'bank_account_opening',
      'car_rental',
      'hospital',
      'hotel_check_in',
      'job_application',
      'public_service',
      'sim_registration',
    ]);
  });
});
