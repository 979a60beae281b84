import { type Pattern, patternPoints, sampleAt } from './face-pattern.ts';
import { cutFace, FACE_WINDOW, type FacePlace, scalePlace, windowHeight } from './face-window.ts';
import { type GreyImage, localContrast, resize } from './grey-image.ts';

/** Pixels a row of the window in which faces are compared, and of the coarser one in which they are laid over each other. */
const WIDTH = 72;
const LAID_WIDTH = 24;
const UNIT = WIDTH / (FACE_WINDOW.left + FACE_WINDOW.right);
/** A cell of so many pixels a side, with so many directions of edges. */
const CELL = 8;
const DIRECTIONS = 8;
const CELLS_ACROSS = Math.floor(WIDTH / CELL);
const CELLS_DOWN = Math.floor(windowHeight(WIDTH) / CELL);
/** How many numbers describe a face: so many cells, so many directions each. */
export const DESCRIPTION_LENGTH = CELLS_ACROSS * CELLS_DOWN * DIRECTIONS;

/** A face ready to be compared: the picture by local contrast in the size faces are compared in, and where in it the face is. */
export interface DescribedFace {
  readonly level: GreyImage;
  readonly place: FacePlace;
  /** What another face is laid over. */
  readonly pattern: Pattern;
  readonly cells: Float64Array;
}

/** Makes a face that was found ready to be compared. */
export function describeFace(image: GreyImage, found: FacePlace): DescribedFace {
  const by = UNIT / found.eyeDistance;
  const smaller = resize(image, Math.round(image.width * by), Math.round(image.height * by));
  const level = localContrast(smaller, Math.round(WIDTH / 5), 5);
  const place = scalePlace(found, level.width / image.width);
  return { level, place, pattern: patternOf(level, place), cells: cellsAt(level, place) };
}

function patternOf(level: GreyImage, place: FacePlace): Pattern {
  const points = patternPoints(LAID_WIDTH);
  const values = sampleAt(points, level, place);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const length = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0)) || 1;
  return { ...points, values: values.map((value) => (value - mean) / length) };
}

/**
 * Directions of edges, cell by cell over the face window (histograms of oriented gradients, Dalal and Triggs 2005): how much
 * of each direction there is, shared out between neighbouring cells and directions, each cell by its root.
 */
export function cellsAt(level: GreyImage, place: FacePlace): Float64Array {
  const { width, height, data } = cutFace(level, place, WIDTH);
  const cells = new Float64Array(DESCRIPTION_LENGTH);
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const right = (data[at + 1] as number) - (data[at - 1] as number);
      const down = (data[at + width] as number) - (data[at - width] as number);
      const strength = Math.hypot(right, down);
      if (strength > 0) share(cells, x, y, (Math.atan2(down, right) / Math.PI + 1) * DIRECTIONS, strength);
    }
  }
  return cells.map(Math.sqrt);
}

function share(cells: Float64Array, x: number, y: number, turned: number, strength: number): void {
  const column = (x + 0.5) / CELL - 0.5;
  const row = (y + 0.5) / CELL - 0.5;
  const [left, top, first] = [Math.floor(column), Math.floor(row), Math.floor(turned)];
  for (let down = 0; down < 2; down += 1) {
    const cellRow = top + down;
    if (cellRow < 0 || cellRow >= CELLS_DOWN) continue;
    const byRow = down === 0 ? 1 - (row - top) : row - top;
    for (let across = 0; across < 2; across += 1) {
      const cellColumn = left + across;
      if (cellColumn < 0 || cellColumn >= CELLS_ACROSS) continue;
      const byCell = byRow * (across === 0 ? 1 - (column - left) : column - left) * strength;
      const cell = (cellRow * CELLS_ACROSS + cellColumn) * DIRECTIONS;
      const one = cell + (first % DIRECTIONS);
      const next = cell + ((first + 1) % DIRECTIONS);
      cells[one] = (cells[one] as number) + byCell * (1 - (turned - first));
      cells[next] = (cells[next] as number) + byCell * (turned - first);
    }
  }
}
