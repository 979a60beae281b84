import { compareFaces } from './compare-faces.ts';
import { type DescribedFace, describeFace } from './describe-face.ts';
import type { FaceCompared, FaceQuality, FaceRefusal, FaceTemplate } from './face-matcher.ts';
import { templateOf } from './face-template.ts';
import { findFaces, type FoundFace } from './find-face.ts';
import { type GreyImage, greyOf, resize } from './grey-image.ts';
import { faceQualityLimits, measureQuality } from './measure-quality.ts';
import { readImage } from './read-image.ts';
import { skinMapOf } from './skin-map.ts';

/** Larger pictures are made smaller first: nothing that is compared is that fine. */
const LONGEST_SIDE = 640;

/** A picture that was read, and every face in it. */
interface Looked {
  readonly grey: GreyImage;
  readonly faces: readonly FoundFace[];
}

/** What the shipped matcher can be asked; each takes tens of milliseconds of processor, so it is asked of a thread of its own. */
export const plainComparison = {
  compare: (probe: Uint8Array, reference: Uint8Array): FaceCompared | FaceRefusal => {
    const one = describeImage(probe, 'PROBE');
    if ('outcome' in one) return one;
    const other = describeImage(reference, 'REFERENCE');
    if ('outcome' in other) return other;
    return { outcome: 'COMPARED', score: compareFaces(one, other) };
  },
  quality: (image: Uint8Array): FaceQuality | FaceRefusal => {
    const looked = look(image, null);
    if ('outcome' in looked) return looked;
    return { outcome: 'MEASURED', findings: measureQuality(looked.grey, looked.faces) };
  },
  template: (image: Uint8Array): FaceTemplate | FaceRefusal => {
    const face = describeImage(image);
    return 'outcome' in face ? face : { outcome: 'DESCRIBED', bytes: templateOf(face.cells) };
  },
} as const;

/** A face ready to be compared with any number of others, or why there is none; for who measures how good comparisons are. */
export function describeImage(
  bytes: Uint8Array,
  which: FaceRefusal['which'] = null,
): DescribedFace | FaceRefusal {
  const looked = look(bytes, which);
  if ('outcome' in looked) return looked;
  const [face] = looked.faces;
  if (face === undefined || face.fit < faceQualityLimits.face)
    return { outcome: 'REFUSED', code: 'NO_FACE', which };
  return describeFace(looked.grey, face.place);
}

function look(bytes: Uint8Array, which: FaceRefusal['which']): Looked | FaceRefusal {
  const { image, refused } = readImage(bytes);
  if (image === null) return { outcome: 'REFUSED', code: refused, which };
  const grey = greyOf(image);
  const by = Math.min(1, LONGEST_SIDE / Math.max(grey.width, grey.height));
  const smaller = resize(grey, Math.round(grey.width * by), Math.round(grey.height * by));
  return { grey: smaller, faces: findFaces(smaller, skinMapOf(image)) };
}
