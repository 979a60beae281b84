import { FieldFailure } from '../field-failure.ts';
import type { AnswerBytes } from './answer-bytes.ts';

/**
 * Puts the values in the place of offsets, in a data tree or in what is still to be added to one. Objects and lists stay the
 * same, which may stand in several places; `seen` holds those that are done.
 */
export function putValues(tree: unknown, answers: AnswerBytes, seen: Set<unknown> = new Set()): void {
  if (typeof tree !== 'object' || tree === null || tree instanceof FieldFailure || seen.has(tree)) return;
  seen.add(tree);
  const holder = tree as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    const value = holder[key];
    if (typeof value === 'number') holder[key] = answers.valueAt(value);
    // Room for what was not added.
    else if (value === undefined) delete holder[key];
    else putValues(value, answers, seen);
  }
}
