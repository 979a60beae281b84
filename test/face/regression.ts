/** A linear regression whose samples are added one by one: ridge, so that what samples say nothing of stays near nothing. */
export class Regression {
  readonly #size: number;
  readonly #products: Float64Array;
  readonly #targets: Float64Array;

  constructor(size: number) {
    this.#size = size;
    this.#products = new Float64Array(size * size);
    this.#targets = new Float64Array(size);
  }

  /** A sample of weight `weight` whose answer should be `target`. */
  add(sample: Float64Array, target: number, weight: number): void {
    for (let row = 0; row < this.#size; row += 1) {
      const value = (sample[row] as number) * weight;
      this.#targets[row] = (this.#targets[row] as number) + value * target;
      for (let column = 0; column <= row; column += 1) {
        const at = row * this.#size + column;
        this.#products[at] = (this.#products[at] as number) + value * (sample[column] as number);
      }
    }
  }

  /** The weights; `ridge` is told in mean squares of the samples. Solved by Cholesky's decomposition. */
  solve(ridge: number): Float64Array {
    const size = this.#size;
    const lower = Float64Array.from(this.#products);
    let trace = 0;
    for (let at = 0; at < size; at += 1) trace += lower[at * size + at] as number;
    for (let row = 0; row < size; row += 1) {
      lower[row * size + row] = (lower[row * size + row] as number) + (ridge * trace) / size;
      for (let column = 0; column <= row; column += 1) {
        let sum = lower[row * size + column] as number;
        for (let k = 0; k < column; k += 1)
          sum -= (lower[row * size + k] as number) * (lower[column * size + k] as number);
        lower[row * size + column] =
          row === column ? Math.sqrt(sum) : sum / (lower[column * size + column] as number);
      }
    }
    return this.#substitute(lower);
  }

  #substitute(lower: Float64Array): Float64Array {
    const size = this.#size;
    const weights = Float64Array.from(this.#targets);
    for (let row = 0; row < size; row += 1) {
      let sum = weights[row] as number;
      for (let k = 0; k < row; k += 1) sum -= (lower[row * size + k] as number) * (weights[k] as number);
      weights[row] = sum / (lower[row * size + row] as number);
    }
    for (let row = size - 1; row >= 0; row -= 1) {
      let sum = weights[row] as number;
      for (let k = row + 1; k < size; k += 1)
        sum -= (lower[k * size + row] as number) * (weights[k] as number);
      weights[row] = sum / (lower[row * size + row] as number);
    }
    return weights;
  }
}
