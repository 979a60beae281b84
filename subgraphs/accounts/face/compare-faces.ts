import { cellsAt, type DescribedFace } from './describe-face.ts';
import learned from './face-pattern.json' with { type: 'json' };
import { fitAt } from './face-pattern.ts';
import { climb } from './find-face.ts';

const meanCells = Float64Array.from(learned.meanCells);

/**
 * How alike two faces are: 0 to 1, the same in either order, 1 for a face with itself. Each is laid over the other where it
 * fits best, and their edges are correlated cell by cell, less what all faces have in common.
 */
export function compareFaces(one: DescribedFace, other: DescribedFace): number {
  // The sum of two numbers is the same in either order, whatever rounding does.
  const score = (alikeWhenLaid(one, other) + alikeWhenLaid(other, one)) / 2;
  return Math.round(Math.min(1, Math.max(0, score)) * 10_000) / 10_000;
}

function alikeWhenLaid(under: DescribedFace, over: DescribedFace): number {
  const unit = over.place.eyeDistance;
  const { place } = climb(over.place, (tried) => fitAt(under.pattern, over.level, tried), unit);
  return correlation(under.cells, cellsAt(over.level, place));
}

/** The correlation of two descriptions, less the mean of all. */
export function correlation(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let product = 0;
  let first = 0;
  let second = 0;
  for (let at = 0; at < meanCells.length; at += 1) {
    const a = (one[at] as number) - (meanCells[at] as number);
    const b = (other[at] as number) - (meanCells[at] as number);
    product += a * b;
    first += a * a;
    second += b * b;
  }
  return first === 0 || second === 0 ? 0 : product / Math.sqrt(first * second);
}
