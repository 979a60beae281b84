import type { FaceCompared, FaceMatcher, FaceQuality, FaceRefusal, FaceTemplate } from './face-matcher.ts';
import { faceQualityCodes, imageRefusalCodes } from './quality-code.ts';

/** What an engine is tried with: files of faces that it should be able to compare. */
export interface FaceMatcherSamples {
  /** A face, the same one taken otherwise, and another person's. */
  readonly face: Uint8Array;
  readonly sameFace: Uint8Array;
  readonly otherFace: Uint8Array;
  /** A face that is far too dark, and a picture of no face. */
  readonly darkFace: Uint8Array;
  readonly noFace: Uint8Array;
  /** Files that must be refused, whatever they are. */
  readonly hostile: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** What an answer may take at most, in milliseconds, on the machine of the test. */
  readonly longestMs: number;
  /** By how much all tries together may raise the memory of the process, in bytes. */
  readonly mostMemory: number;
}

/** One thing an engine must do: a sentence, and a try that returns what is wrong or null. */
export interface FaceMatcherContract {
  readonly name: string;
  readonly broken: (matcher: FaceMatcher, samples: FaceMatcherSamples) => Promise<string | null>;
}

/**
 * The contract of {@link FaceMatcher}: what any engine behind it must pass, the shipped one and a real one. Knows no test runner:
 * make one test of each, and expect null.
 */
export const faceMatcherContract: readonly FaceMatcherContract[] = [
  {
    name: 'says who it is, in both languages, and that it is no biometric engine unless it is one',
    broken: unnamed,
  },
  { name: 'gives 1 to a picture and itself', broken: unlikeItself },
  { name: 'gives the same score in either order, and again', broken: lopsided },
  { name: 'gives more to the same face than to another, and neither 0 nor 1 to all', broken: constant },
  {
    name: 'refuses what is no picture, or a hostile one, by a code, and is none the worse afterwards',
    broken: harmed,
  },
  { name: 'says which of two pictures it could not read', broken: silentAboutWhich },
  {
    name: 'finds nothing wrong with a good picture, and names by a known code what is wrong with a bad one',
    broken: blind,
  },
  { name: 'makes templates that tell faces apart, and takes no others', broken: wrongTemplates },
  {
    name: 'answers many at once, each within its time, without keeping what it was given',
    broken: slowOrLarge,
  },
];

async function unnamed({ about }: FaceMatcher): Promise<string | null> {
  const texts = [about.name, about.version, about.title.vi, about.title.en, about.notice.vi, about.notice.en];
  if (texts.some((text) => text.trim() === '')) return 'a name, version or text is empty';
  const warns =
    /not biometric grade/iu.test(about.title.en) && /không đạt chuẩn sinh trắc/iu.test(about.title.vi);
  return about.isBiometricGrade || warns ? null : 'its title does not say that it is not biometric grade';
}

async function unlikeItself(
  matcher: FaceMatcher,
  { face, otherFace }: FaceMatcherSamples,
): Promise<string | null> {
  for (const image of [face, otherFace]) {
    const score = scoreOf(await matcher.compare(image, Uint8Array.from(image)));
    if (score !== 1) return `a picture and itself: ${score}`;
  }
  return null;
}

async function lopsided(matcher: FaceMatcher, samples: FaceMatcherSamples): Promise<string | null> {
  const { face } = samples;
  for (const other of [samples.sameFace, samples.otherFace]) {
    const there = scoreOf(await matcher.compare(face, other));
    const back = scoreOf(await matcher.compare(other, face));
    const again = scoreOf(await matcher.compare(face, other));
    if (there !== back) return `${there} one way, ${back} the other`;
    if (there !== again) return `${there}, and then ${again}`;
    if (Number.isNaN(there) || there < 0 || there > 1) return `a score of ${there}`;
  }
  return null;
}

async function constant(matcher: FaceMatcher, samples: FaceMatcherSamples): Promise<string | null> {
  const same = scoreOf(await matcher.compare(samples.face, samples.sameFace));
  const other = scoreOf(await matcher.compare(samples.face, samples.otherFace));
  return same > other ? null : `the same face has ${same}, another ${other}`;
}

async function harmed(
  matcher: FaceMatcher,
  { face, sameFace, hostile }: FaceMatcherSamples,
): Promise<string | null> {
  const before = scoreOf(await matcher.compare(face, sameFace));
  for (const { name, bytes } of hostile) {
    const answers = [
      await matcher.compare(bytes, face),
      await matcher.compare(face, bytes),
      await matcher.quality(bytes),
      await matcher.template(bytes),
    ];
    const wrong = answers.find((answer) => !isKnownRefusal(answer));
    if (wrong !== undefined) return `${name}: ${JSON.stringify(wrong)}`;
  }
  const after = scoreOf(await matcher.compare(face, sameFace));
  return before === after ? null : `${before} before hostile files, ${after} after them`;
}

async function silentAboutWhich(matcher: FaceMatcher, { face }: FaceMatcherSamples): Promise<string | null> {
  const none = new Uint8Array();
  const probe = await matcher.compare(none, face);
  const reference = await matcher.compare(face, none);
  if (probe.outcome !== 'REFUSED' || probe.which !== 'PROBE') return `empty probe: ${JSON.stringify(probe)}`;
  if (reference.outcome !== 'REFUSED' || reference.which !== 'REFERENCE')
    return `empty reference: ${JSON.stringify(reference)}`;
  return null;
}

async function blind(matcher: FaceMatcher, samples: FaceMatcherSamples): Promise<string | null> {
  const good = await matcher.quality(samples.face);
  if (good.outcome !== 'MEASURED' || good.findings.length > 0)
    return `a good picture: ${JSON.stringify(good)}`;
  for (const [image, code] of [
    [samples.darkFace, 'TOO_DARK'],
    [samples.noFace, 'NO_FACE'],
  ] as const) {
    const bad = await matcher.quality(image);
    if (bad.outcome !== 'MEASURED') return `${code}: ${JSON.stringify(bad)}`;
    if (!bad.findings.some((finding) => finding.code === code))
      return `no ${code}: ${JSON.stringify(bad.findings)}`;
    const unknown = bad.findings.find((finding) => !faceQualityCodes.includes(finding.code));
    if (unknown !== undefined) return `an unknown code: ${unknown.code}`;
  }
  return null;
}

async function wrongTemplates(matcher: FaceMatcher, samples: FaceMatcherSamples): Promise<string | null> {
  const [face, again, same, other] = await Promise.all(
    [samples.face, samples.face, samples.sameFace, samples.otherFace].map((image) => matcher.template(image)),
  );
  const [one, two, three, four] = [face, again, same, other].map((answer) =>
    answer?.outcome === 'DESCRIBED' ? answer.bytes : null,
  );
  if (one == null || two == null || three == null || four == null) return 'a good face has no template';
  if (matcher.compareTemplates(one, two) !== 1) return 'a template and itself are not 1';
  const alike = matcher.compareTemplates(one, three) ?? -1;
  const unlike = matcher.compareTemplates(one, four) ?? 2;
  if (alike <= unlike) return `the same face has ${alike}, another ${unlike}`;
  if (matcher.compareTemplates(three, one) !== alike)
    return 'templates are compared otherwise in the other order';
  const none = [new Uint8Array(), one.subarray(1), new Uint8Array(100_000)];
  return none.every((bytes) => matcher.compareTemplates(one, bytes) === null)
    ? null
    : 'bytes that are no template were compared';
}

async function slowOrLarge(matcher: FaceMatcher, samples: FaceMatcherSamples): Promise<string | null> {
  const before = process.memoryUsage().rss;
  const times = await Promise.all(
    Array.from({ length: 24 }, async () => {
      const start = performance.now();
      const answer = await matcher.compare(samples.face, samples.sameFace);
      return { took: performance.now() - start, answer };
    }),
  );
  const longest = Math.max(...times.map(({ took }) => took));
  if (longest > samples.longestMs) return `an answer took ${Math.round(longest)} ms`;
  if (times.some(({ answer }) => answer.outcome !== 'COMPARED')) return 'one of 24 at once was refused';
  const grown = process.memoryUsage().rss - before;
  return grown > samples.mostMemory ? `${grown} bytes more after 24 comparisons` : null;
}

function scoreOf(answer: FaceCompared | FaceRefusal): number {
  return answer.outcome === 'COMPARED' ? answer.score : Number.NaN;
}

function isKnownRefusal(answer: FaceCompared | FaceRefusal | FaceQuality | FaceTemplate): boolean {
  return (
    answer.outcome === 'REFUSED' && (answer.code === 'NO_FACE' || imageRefusalCodes.includes(answer.code))
  );
}
