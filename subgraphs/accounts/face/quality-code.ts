/**
 * What can be wrong with a picture of a face, in the one vocabulary of capture screens, decisions and review. The screens
 * have the same words in `web/face/capture-quality.ts`; a test holds the two together.
 */
export const faceQualityCodes = [
  'NO_FACE',
  'MORE_THAN_ONE_FACE',
  'FACE_TOO_SMALL',
  'FACE_CUT_OFF',
  'FACE_OFF_CENTRE',
  'FACE_TILTED',
  'TOO_DARK',
  'TOO_BRIGHT',
  'UNEVEN_LIGHT',
  'LOW_CONTRAST',
  'BLURRED',
] as const;

/** One thing that is wrong with a picture. */
export type FaceQualityCode = (typeof faceQualityCodes)[number];

/** What was found, the figure that was measured, and the limit it is beyond; the unit is that of the code. */
export interface FaceQualityFinding {
  readonly code: FaceQualityCode;
  readonly measured: number;
  readonly limit: number;
}

/** Why a picture was not looked at at all. */
export const imageRefusalCodes = [
  'IMAGE_EMPTY',
  'IMAGE_TOO_LARGE',
  'IMAGE_TOO_SMALL',
  'IMAGE_FORMAT_UNKNOWN',
  'IMAGE_DAMAGED',
  'MATCHER_BUSY',
  'MATCHER_FAILED',
] as const;

/** See {@link imageRefusalCodes}. */
export type ImageRefusalCode = (typeof imageRefusalCodes)[number];
