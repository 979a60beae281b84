export { compareFaces } from './compare-faces.ts';
export type { DescribedFace } from './describe-face.ts';
export type * from './face-evidence.ts';
export { faceEvidence } from './face-evidence.ts';
export type * from './face-matcher.ts';
export { faceMatcherContract, type FaceMatcherContract } from './face-matcher-contract.ts';
export { type FacePolicyRow, facePolicyOn, type FaceVerdict, judgeScore } from './face-policy.ts';
export { shippedFacePolicy } from './face-policy-rows.ts';
export { compareTemplates, TEMPLATE_BYTES, templateOf } from './face-template.ts';
export {
  type FingerprintMatcher,
  type FingerprintResult,
  noFingerprintMatcher,
} from './fingerprint-matcher.ts';
export type { FingerprintCapture } from './fingerprint-matcher.ts';
export { faceQualityLimits } from './measure-quality.ts';
export { describeImage, plainComparison } from './plain-comparison.ts';
export { createPlainFaceMatcher, plainFaceMatcherAbout } from './plain-face-matcher.ts';
export {
  type FaceQualityCode,
  faceQualityCodes,
  type FaceQualityFinding,
  type ImageRefusalCode,
  imageRefusalCodes,
} from './quality-code.ts';
export { imageLimits } from './read-image.ts';
