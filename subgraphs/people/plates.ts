import { mix, permute, type Seed } from './prng.ts';

/** Series letters of civil plates; K (cars) and X (motorcycles) are left to the cast. */
const CAR_LETTERS = 'ABCDEFGHLMNPSTUVXYZ';
const MOTORBIKE_LETTERS = 'ABCDEFGHKLMNPSTUVYZ';

/** Vehicles a household can have: motorcycle places 0–11, cars 12–13, retained plates 14–15. */
export const PLACES = 16;
const MOTORBIKE_PLACES = 12;

/** What a plate is drawn for: the province's code, the household and the vehicle's place in it. */
export interface PlateRequest {
  readonly provinceCode: string;
  readonly household: number;
  readonly place: number;
  readonly car: boolean;
  readonly fourDigits: boolean;
}

const keyFor = (seed: Seed, kind: number, code: string): number =>
  mix(seed.a ^ Math.imul(kind * 100 + Number(code), 0x9e3779b1));

/** Whether this household's vehicle may carry an old plate of four digits: there are too few of them for all. */
export function mayHaveFourDigits(household: number, place: number, car: boolean): boolean {
  return car ? place === MOTORBIKE_PLACES && household % 5 === 0 : place === 0;
}

function motorbikePlate(seed: Seed, { provinceCode, household, place, fourDigits }: PlateRequest): string {
  const size = fourDigits ? 10_000 : 100_000;
  const counter = fourDigits ? household : household * PLACES + place;
  const n = permute(keyFor(seed, fourDigits ? 1 : 2, provinceCode), 171, size, counter);
  const series = Math.floor(n / size);
  const letter = MOTORBIKE_LETTERS[Math.floor(series / 9)] as string;
  return `${provinceCode}${letter}${(series % 9) + 1}-${tail(n % size, fourDigits)}`;
}

function carPlate(seed: Seed, { provinceCode, household, place, fourDigits }: PlateRequest): string {
  const size = fourDigits ? 10_000 : 100_000;
  const counter = fourDigits ? Math.floor(household / 5) : household * 2 + (place % 2);
  const n = permute(keyFor(seed, fourDigits ? 3 : 4, provinceCode), 19, size, counter);
  return `${provinceCode}${CAR_LETTERS[Math.floor(n / size)] as string}-${tail(n % size, fourDigits)}`;
}

function tail(value: number, fourDigits: boolean): string {
  if (fourDigits) return String(value).padStart(4, '0');
  const text = String(value).padStart(5, '0');
  return `${text.slice(0, 3)}.${text.slice(3)}`;
}

/**
 * A plate as it is written, `30A-123.45`, `59H1-123.45` or the old `29A-1234`, `29H1-1234`: unique inside its province
 * code because each (household, place) owns one value of the permutation.
 */
export function plate(seed: Seed, request: PlateRequest): string {
  return request.car ? carPlate(seed, request) : motorbikePlate(seed, request);
}
