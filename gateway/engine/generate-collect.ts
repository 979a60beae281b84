import { FieldFailure } from './field-failure.ts';
import { type GeneratedCode, member } from './generate.ts';
import type { PathSegment } from './step.ts';

/** Generates `(value, found)`: what {@link collectTargets} does for one path. A list stands for its items anywhere. */
export function generateCollect(code: GeneratedCode, path: readonly PathSegment[]): string {
  const failure = code.constant(FieldFailure);
  const walker = (reached: string): string =>
    code.add(
      'v,found',
      `if(typeof v!=='object'||v===null)return;
      if(Array.isArray(v)){for(let i=0;i<v.length;i++)self(v[i],found);return;}
      if(v instanceof ${failure})return;${reached}`,
    );
  let reached = 'found.push(v);';
  for (const segment of path.toReversed()) {
    if (segment.kind === 'type') {
      reached = `if(${code.constant(segment.names)}.has(v.__typename)){${reached}}`;
    } else if (segment.kind === 'field') {
      reached = `${walker(reached)}(${member('v', segment.key)},found);`;
    }
  }
  return walker(reached);
}
