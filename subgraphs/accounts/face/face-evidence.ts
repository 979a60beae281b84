import { createHash } from 'node:crypto';
import type { FaceCompared, FaceMatcherAbout, FaceRefusal } from './face-matcher.ts';
import type { FacePolicyRow, FaceVerdict } from './face-policy.ts';
import { judgeScore } from './face-policy.ts';

/**
 * What is kept of a comparison: who compared, what came out under which policy, and hashes that prove which files it were.
 * Neither a picture nor a template; nothing of a face can be made from it.
 */
export interface FaceEvidence {
  readonly matcher: string;
  readonly version: string;
  readonly isBiometricGrade: boolean;
  /** 0 to 1; null where a picture could not be compared. */
  readonly score: number | null;
  readonly verdict: FaceVerdict['verdict'] | 'REFUSED';
  readonly refusal: { readonly code: FaceRefusal['code']; readonly which: FaceRefusal['which'] } | null;
  /** SHA-256 of each file as it was handed in, in small hex digits. */
  readonly probeSha256: string;
  readonly referenceSha256: string;
  /** From when on the policy holds that was applied. */
  readonly policyFrom: string | null;
}

/** The evidence of one comparison. */
export function faceEvidence(
  about: FaceMatcherAbout,
  images: { readonly probe: Uint8Array; readonly reference: Uint8Array },
  result: FaceCompared | FaceRefusal,
  policy: FacePolicyRow | null,
): FaceEvidence {
  const compared = result.outcome === 'COMPARED' ? judgeScore(result.score, policy) : null;
  return {
    matcher: about.name,
    version: about.version,
    isBiometricGrade: about.isBiometricGrade,
    score: result.outcome === 'COMPARED' ? result.score : null,
    verdict: compared?.verdict ?? 'REFUSED',
    refusal: result.outcome === 'REFUSED' ? { code: result.code, which: result.which } : null,
    probeSha256: sha256(images.probe),
    referenceSha256: sha256(images.reference),
    policyFrom: policy?.from ?? null,
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
