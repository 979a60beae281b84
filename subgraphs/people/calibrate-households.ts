import { writeFileSync } from 'node:fs';
import { compose, HEAD_BINS, possible, SHAPES, SIZE_COUNTS } from './household-shape.ts';
import { ENTITY, seedOf, Stream } from './prng.ts';

// Writes data/household-weights.json: how often each (shape, age of the head) stands, so that the ages of all
// members together follow the age pyramid. Run by hand when the shapes change; its result is reviewed and committed.

/** Share of people in the five-year bins 0–4 … 75–79 and 80 and more. */
const PYRAMID = [7.2, 7.9, 7.5, 7.3, 6.6, 7.2, 8.2, 8, 7.4, 6.6, 6.2, 5.5, 5, 4, 2.4, 1.3, 1.7];
const DRAWS = 4000;
const ROUNDS = 20_000;

interface Cell {
  readonly size: number;
  readonly shape: string;
  readonly bin: number;
  readonly ages: Float64Array;
  weight: number;
}

function cellsOf(): Cell[] {
  const seed = seedOf('calibration');
  const cells: Cell[] = [];
  for (const [size, shapes] of Object.entries(SHAPES))
    for (const shape of shapes)
      for (let bin = 0; bin < HEAD_BINS; bin += 1) {
        if (!possible(shape, bin)) continue;
        const ages = new Float64Array(PYRAMID.length);
        for (let draw = 0; draw < DRAWS; draw += 1)
          for (const { age } of compose(
            new Stream(seed, ENTITY.household, cells.length * DRAWS + draw),
            shape,
            bin,
          )) {
            const place = Math.min(16, Math.floor(age / 5));
            ages[place] = (ages[place] as number) + 1 / DRAWS;
          }
        cells.push({ size: Number(size), shape, bin, ages, weight: 1 });
      }
  return cells;
}

function normalise(cells: readonly Cell[]): void {
  for (const [size, count] of Object.entries(SIZE_COUNTS)) {
    const own = cells.filter((cell) => cell.size === Number(size));
    const sum = own.reduce((total, cell) => total + cell.weight, 0);
    for (const cell of own) cell.weight *= count / 1000 / sum;
  }
}

function pyramidOf(cells: readonly Cell[]): number[] {
  const now = PYRAMID.map(() => 0);
  for (const cell of cells)
    for (const [place, count] of cell.ages.entries())
      now[place] = (now[place] as number) + cell.weight * count;
  const sum = now.reduce((total, value) => total + value, 0);
  return now.map((value) => (100 * value) / sum);
}

const cells = cellsOf();
normalise(cells);
for (let round = 0; round < ROUNDS; round += 1) {
  const now = pyramidOf(cells);
  const pull = PYRAMID.map((target, place) => 0.3 * Math.log(target / (now[place] as number)));
  for (const cell of cells) {
    let force = 0;
    for (const [place, count] of cell.ages.entries()) force += count * (pull[place] as number);
    cell.weight *= Math.exp(force);
  }
  normalise(cells);
}
const rows = cells.map(({ size, shape, bin, weight }) => [
  size,
  shape,
  bin,
  Number((weight * 1e6).toFixed(0)),
]);
const text = `[\n${rows.map((row) => `  ${JSON.stringify(row).replaceAll(',', ', ')}`).join(',\n')}\n]\n`;
writeFileSync(new URL('data/household-weights.json', import.meta.url), text);
process.stdout.write(
  `${pyramidOf(cells)
    .map((share, place) => `${place * 5}: ${share.toFixed(2)} (${PYRAMID[place]})`)
    .join('\n')}\n`,
);
