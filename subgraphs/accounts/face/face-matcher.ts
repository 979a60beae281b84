import type { FaceQualityFinding, ImageRefusalCode } from './quality-code.ts';

/** The two languages of the house. */
export type InBothLanguages = Readonly<Record<'vi' | 'en', string>>;

/** Who compares, as it stands in evidence and on screens. */
export interface FaceMatcherAbout {
  /** A stable name and version: a threshold belongs to both. */
  readonly name: string;
  readonly version: string;
  /** Whether its maker vouches for it as a biometric engine, with rates measured on people. */
  readonly isBiometricGrade: boolean;
  /** What screens call it, and what they must say beside a result. */
  readonly title: InBothLanguages;
  readonly notice: InBothLanguages;
}

/** A picture that could not be compared. `which` is null for pictures that stand alone. */
export interface FaceRefusal {
  readonly outcome: 'REFUSED';
  readonly code: ImageRefusalCode | 'NO_FACE';
  readonly which: 'PROBE' | 'REFERENCE' | null;
}

/** How alike two faces are: 0 to 1, 1 for the same picture. What it means is decided by policy alone. */
export interface FaceCompared {
  readonly outcome: 'COMPARED';
  readonly score: number;
}

/** What is wrong with a picture; nothing when the list is empty. */
export interface FaceQuality {
  readonly outcome: 'MEASURED';
  readonly findings: readonly FaceQualityFinding[];
}

/** A face as a few bytes, to be compared with many; as sensitive as the picture. */
export interface FaceTemplate {
  readonly outcome: 'DESCRIBED';
  readonly bytes: Uint8Array;
}

/**
 * The port to whatever compares faces. Pictures are the bytes of a JPEG or PNG file, as taken; nothing of them is kept, logged
 * or sent on. No method throws or rejects for whatever bytes it is given; all answer within `longestMs` of the
 * contract in `face-matcher-contract.ts`, which every engine behind this port must pass.
 */
export interface FaceMatcher {
  readonly about: FaceMatcherAbout;
  /** How alike the person in front of the camera is to the portrait of a chip or database; in either order the same. */
  compare(probe: Uint8Array, reference: Uint8Array): Promise<FaceCompared | FaceRefusal>;
  /** What is wrong with a picture as one to be compared. */
  quality(image: Uint8Array): Promise<FaceQuality | FaceRefusal>;
  /** The face as a template, for looking it up among many. */
  template(image: Uint8Array): Promise<FaceTemplate | FaceRefusal>;
  /** How alike two templates of this name and version are: 0 to 1; null for bytes that are none. */
  compareTemplates(one: Uint8Array, other: Uint8Array): number | null;
  /** Ends what it runs; nothing may be asked of it afterwards. */
  close(): Promise<void>;
}
