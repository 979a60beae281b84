import type { AgeBand, PortraitRequest } from './portrait.ts';
import { ENTITY, seedOf, Stream } from './prng.ts';

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

/**
 * What tells one drawn face from another. Lengths are in units of a picture 192 wide and 240 high; angles in radians;
 * everything else a share from 0 to 1 unless said.
 */
export interface PortraitTraits {
  readonly ageBand: AgeBand;
  readonly background: Colour;
  readonly clothes: Colour;
  readonly skin: Colour;
  readonly hair: {
    readonly colour: Colour;
    /** How far it stands off the head. */
    readonly volume: number;
    /** The height of the hairline above the eyes. */
    readonly line: number;
    /** Where it is parted, in half widths of the head; and how strongly the line falls to the sides (-1 to 1). */
    readonly parting: number;
    readonly fall: number;
    /** Depth of the points of a fringe. */
    readonly fringe: number;
    /** How far down it hangs below the ears; negative is short. */
    readonly length: number;
  };
  readonly head: {
    readonly halfWidth: number;
    readonly above: number;
    readonly below: number;
    /** Roundness of the crown and squareness of the jaw: exponents of a superellipse. */
    readonly crown: number;
    readonly jaw: number;
  };
  readonly ears: { readonly height: number; readonly size: number; readonly out: number };
  readonly eyes: {
    readonly apart: number;
    readonly width: number;
    readonly height: number;
    readonly slant: number;
    readonly iris: number;
    readonly colour: Colour;
    /** Height of the fold above the lid; 0 is a single eyelid. */
    readonly fold: number;
  };
  readonly brows: {
    readonly above: number;
    readonly length: number;
    readonly thickness: number;
    readonly slant: number;
    readonly arch: number;
  };
  readonly nose: { readonly length: number; readonly width: number; readonly bridge: number };
  readonly mouth: {
    readonly below: number;
    readonly width: number;
    readonly upper: number;
    readonly lower: number;
    readonly curve: number;
    readonly colour: Colour;
  };
  readonly moles: readonly { readonly x: number; readonly y: number; readonly size: number }[];
  readonly moustache: number;
  readonly beard: number;
  readonly wrinkles: number;
  readonly glasses: {
    readonly width: number;
    readonly height: number;
    readonly roundness: number;
    readonly rim: number;
  } | null;
}

const BACKGROUNDS: readonly Colour[] = [
  [223, 233, 245],
  [232, 241, 228],
  [214, 224, 236],
  [226, 240, 240],
];
const CLOTHES: readonly Colour[] = [
  [55, 89, 140],
  [70, 60, 90],
  [61, 107, 82],
  [106, 90, 140],
  [64, 83, 92],
  [236, 238, 240],
];
const HAIR: Readonly<Record<AgeBand, Colour>> = {
  CHILD: [38, 30, 27],
  ADULT: [31, 26, 24],
  ELDER: [150, 147, 144],
};

/** Draws every trait of a face from the seed; the same request always has the same traits. */
export function portraitTraits({ seed, sex, ageBand }: PortraitRequest): PortraitTraits {
  const draw = new Stream(seedOf(seed), ENTITY.portrait, 0);
  const isFemale = sex === 'FEMALE' || (sex === 'UNSPECIFIED' && draw.chance(0.5));
  const isChild = ageBand === 'CHILD';
  const between = (low: number, high: number): number => low + (high - low) * draw.unit();
  // The mean of two draws stands nearer to the middle, as measures of people do.
  const around = (low: number, high: number): number => (between(low, high) + between(low, high)) / 2;
  const skin = skinOf(draw);
  return {
    ageBand,
    background: draw.of(BACKGROUNDS),
    clothes: draw.of(CLOTHES),
    skin,
    hair: hairOf(draw, between, ageBand, isFemale),
    head: {
      halfWidth: around(44, 56),
      above: around(62, 74),
      below: isChild ? around(52, 62) : around(58, 76),
      crown: around(1.9, 2.5),
      jaw: isFemale || isChild ? around(1.6, 2.2) : around(1.7, 2.9),
    },
    ears: { height: around(-2, 10), size: around(10, 16), out: around(1, 7) },
    eyes: eyesOf(draw, around),
    brows: {
      above: around(11, 21),
      length: around(18, 28),
      thickness: isFemale ? around(1.2, 3.2) : around(1.8, 5),
      slant: around(-0.28, 0.28),
      arch: around(-1, 6),
    },
    nose: {
      length: isChild ? around(18, 26) : around(22, 36),
      width: around(8, 17),
      bridge: around(0, 1),
    },
    mouth: mouthOf(between, around),
    moles: Array.from({ length: draw.chance(0.35) ? draw.between(1, 2) : 0 }, () => ({
      x: between(-34, 34),
      y: between(8, 52),
      size: between(1, 2.2),
    })),
    moustache: !isFemale && !isChild && draw.chance(0.15) ? between(0.4, 1) : 0,
    beard: !isFemale && !isChild && draw.chance(0.1) ? between(0.3, 0.9) : 0,
    wrinkles: ageBand === 'ELDER' ? between(0.5, 1) : 0,
    glasses:
      !isChild && draw.chance(0.22)
        ? {
            width: around(15, 20),
            height: around(10, 16),
            roundness: between(2, 4.5),
            rim: between(0.7, 1.8),
          }
        : null,
  };
}

function skinOf(draw: Stream): Colour {
  const lightness = 168 + 62 * draw.unit();
  const warmth = draw.unit();
  return [lightness, lightness * (0.8 - 0.04 * warmth), lightness * (0.64 - 0.07 * warmth)];
}

function hairOf(draw: Stream, between: Range, ageBand: AgeBand, isFemale: boolean): PortraitTraits['hair'] {
  const [red, green, blue] = HAIR[ageBand];
  const shade = between(0.7, 1.6);
  return {
    colour: [red * shade, green * shade, blue * shade].map((part) => Math.min(215, part)) as [
      number,
      number,
      number,
    ],
    volume: between(3, isFemale ? 14 : 11),
    line: between(30, 54),
    parting: between(-0.7, 0.7),
    fall: between(-0.1, 0.6),
    fringe: draw.chance(0.4) ? between(2, 7) : 0,
    length: isFemale ? between(-10, 90) : between(-34, -4),
  };
}

function eyesOf(draw: Stream, around: Range): PortraitTraits['eyes'] {
  return {
    apart: around(19, 27),
    width: around(9, 14),
    height: around(3.6, 7.4),
    slant: around(-0.22, 0.16),
    iris: around(3.6, 5.4),
    colour: [around(28, 74), around(18, 44), around(10, 30)],
    fold: draw.chance(0.55) ? around(1.5, 5) : 0,
  };
}

type Range = (low: number, high: number) => number;

function mouthOf(between: Range, around: Range): PortraitTraits['mouth'] {
  return {
    below: around(43, 55),
    width: around(13, 24),
    upper: around(1.5, 6),
    lower: around(2.5, 8),
    curve: around(-4, 6),
    colour: [between(150, 185), between(78, 105), between(80, 100)],
  };
}
