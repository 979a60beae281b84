/** The second door of the face room: what `test/face/learn-face-pattern.ts` needs to make `face-pattern.json` anew. */
export { describeFace, DESCRIPTION_LENGTH } from './describe-face.ts';
export { levelFor, patternPoints, sampleAt } from './face-pattern.ts';
export { type FacePlace, scalePlace } from './face-window.ts';
export { greyOf, type GreyImage } from './grey-image.ts';
