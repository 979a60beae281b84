import { legalDateOf } from '@dinhdanh/kit';
import { facePolicyOn, judgeScore, shippedFacePolicy } from '../face/index.ts';
import type { FaceMatcher } from '../face/index.ts';
import type { FacePort } from './ports.ts';

const outcomes = { MATCH: 'SAME', REVIEW: 'UNSURE', NO_POLICY: 'UNSURE', NO_MATCH: 'OTHER' } as const;

/** Portraits are compared by whatever engine there is, and judged by the policy of the day. */
export function openFacePort(matcher: FaceMatcher): FacePort {
  const { name, version } = matcher.about;
  return {
    name: `${name} ${version}`,
    quality: async (image) => {
      const quality = await matcher.quality(image);
      return quality.outcome === 'REFUSED' ? [quality.code] : quality.findings.map(({ code }) => code);
    },
    compare: async (reference, portrait, now) => {
      const compared = await matcher.compare(portrait, reference);
      // A chip whose picture cannot be read decides nothing: somebody looks.
      if (compared.outcome === 'REFUSED') return { score: 0, outcome: 'UNSURE' };
      const policy = facePolicyOn(shippedFacePolicy, matcher.about, legalDateOf(now));
      return { score: compared.score, outcome: outcomes[judgeScore(compared.score, policy).verdict] };
    },
  };
}
