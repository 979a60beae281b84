import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 make every object among the young, for the life of this process. By itself it makes those of a place in the code
 * among the old at once, when once all of that place lived long ("pretenuring"): at the start of a gateway that is what
 * schema and supergraph are read by. Requests and answers are read and merged by the same code, are gone after
 * milliseconds, and would then fill the old until all is collected. For what is not young it does nothing.
 *
 * Called by programs at their very beginning, never by what they are made of: it is of the whole process. Measured:
 * `docs/measurements.md`, "Objects made among the old".
 */
export function allocateYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
