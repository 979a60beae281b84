import { mix, seedOf } from './prng.ts';

/** Coarse ages a portrait tells apart. */
export type AgeBand = 'CHILD' | 'ADULT' | 'ELDER';

/** What a portrait is drawn from; nothing of it is a real face. */
export interface PortraitRequest {
  /** Any text that belongs to the person alone, such as the document's opaque `ref`. */
  readonly seed: string;
  readonly sex: 'MALE' | 'FEMALE' | 'UNSPECIFIED';
  readonly ageBand: AgeBand;
}

const BACKGROUNDS = ['#dfe9f5', '#e8f1e4', '#f4ece0', '#ece6f4', '#e2f0f0'] as const;
const SKINS = ['#e9c9a6', '#dcb48c', '#cfa078', '#f0d7ba'] as const;
const CLOTHES = ['#37598c', '#7a3b4b', '#3d6b52', '#6a5a8c', '#8a6a36', '#40535c'] as const;
const HAIR = { CHILD: '#2b2320', ADULT: '#1f1a18', ELDER: '#a9a6a2' } as const;

/** The band of an age in whole years. */
export function ageBandOf(age: number): AgeBand {
  if (age < 14) return 'CHILD';
  return age < 60 ? 'ADULT' : 'ELDER';
}

function hair(sex: PortraitRequest['sex'], style: number, colour: string): string {
  const cap = `<path d="M66 92a54 54 0 0 1 108 0l-8 4q-46-${26 + style * 6}-92 0z" fill="${colour}"/>`;
  if (sex !== 'FEMALE') return cap;
  const length = 150 + style * 18;
  return `<path d="M64 92a56 56 0 0 1 112 0v${length - 92}h-22V96H86v${length - 96}H64z" fill="${colour}"/>${cap}`;
}

/**
 * A portrait as SVG text: circles and paths, plainly artificial, with the words "dữ liệu giả lập / synthetic" in the
 * picture. The same request always gives the same bytes (about 1 KB).
 */
export function portrait({ seed, sex, ageBand }: PortraitRequest): string {
  const { a, b } = seedOf(seed);
  const pick = <T>(list: readonly T[], lane: number): T => list[(mix(a + lane) >>> 0) % list.length] as T;
  const colour = HAIR[ageBand];
  const style = (b >>> 0) % 4;
  const eyes = 22 + ((mix(b) >>> 0) % 7);
  const head = ageBand === 'CHILD' ? 44 : 48;
  const glasses = ageBand !== 'CHILD' && (mix(b + 7) >>> 0) % 3 === 0;
  const lines =
    ageBand === 'ELDER' ? '<path d="M90 130q8 5 14 0M136 130q8 5 14 0" fill="none" stroke="#0003"/>' : '';
  const rims = glasses
    ? `<g fill="none" stroke="#333" stroke-width="2"><circle cx="${120 - eyes}" cy="114" r="13"/><circle cx="${120 + eyes}" cy="114" r="13"/><path d="M${133 - eyes} 114h${2 * eyes - 26}"/></g>`
    : '';
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 320" role="img" aria-label="Chân dung giả lập / synthetic portrait">',
    `<rect width="240" height="320" fill="${pick(BACKGROUNDS, 1)}"/>`,
    `<path d="M30 290q10-92 90-92t90 92z" fill="${pick(CLOTHES, 2)}"/>`,
    `<rect x="104" y="150" width="32" height="56" rx="14" fill="${pick(SKINS, 3)}"/>`,
    `<circle cx="120" cy="118" r="${head}" fill="${pick(SKINS, 3)}"/>`,
    hair(sex, style, colour),
    `<circle cx="${120 - eyes}" cy="114" r="4"/><circle cx="${120 + eyes}" cy="114" r="4"/>`,
    `${rims}${lines}<path d="M${106 - style} 142q${14 + style} ${6 + style * 2} ${28 + 2 * style} 0" fill="none" stroke="#7a4b3a" stroke-width="3"/>`,
    '<rect y="284" width="240" height="36" fill="#fff" fill-opacity=".86"/>',
    '<text x="120" y="307" text-anchor="middle" font-family="sans-serif" font-size="15" fill="#a01c1c">dữ liệu giả lập · synthetic</text>',
    '</svg>',
  ].join('');
}
