import type { AnswerBytes } from './answer-bytes.ts';

/** Writes an answer from its start on and tells its length, -1 where it cannot: then nothing is known of what was written. */
export type Write = (tree: unknown, bytes: Buffer, output: Buffer) => number;

/** Where every answer is written before it is as long as it is; nobody else writes meanwhile. */
let output = Buffer.allocUnsafeSlow(1 << 16);

/** Room that is left behind an answer, for {@link closePayload}. */
const SPARE = 512;

/** Writes with as much room as is needed: where there was too little, once more. */
export function writeOut(write: Write, tree: unknown, { bytes }: AnswerBytes): Buffer | undefined {
  let length = write(tree, bytes, output);
  if (length > output.length) {
    output = Buffer.allocUnsafeSlow(Math.max(length, output.length * 2));
    length = write(tree, bytes, output);
  }
  if (length < 0) return undefined;
  const answer = Buffer.allocUnsafeSlow(length + SPARE);
  output.copy(answer, 0, 0, length);
  return answer.subarray(0, length);
}
