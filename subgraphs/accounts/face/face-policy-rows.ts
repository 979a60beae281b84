import type { FacePolicyRow } from './face-policy.ts';

/**
 * The rows that a system begins with. Thresholds are those at which the experiment `face-matcher` measured the rates told
 * in docs/adr/0025; a test holds this table against the result of its last run.
 */
export const shippedFacePolicy: readonly FacePolicyRow[] = [
  {
    from: '2024-07-01',
    matcher: 'plain-image-comparison-not-biometric-grade',
    version: '1',
    matchAt: 0.6,
    reviewAt: 0.4,
    duplicateAt: 0.7,
  },
];
