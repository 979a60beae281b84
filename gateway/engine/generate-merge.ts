import type { AskedField, AskedObject } from './answer-shape.ts';
import { type GeneratedCode, member } from './generate.ts';
import { mergeField } from './merge-answer.ts';

/** Generates `(target, value)`: what {@link mergeInto} does, for a value known to hold just the fields asked. */
export function generateMerge(code: GeneratedCode, asked: AskedObject): string {
  return code.once('merge', asked, () => makeMerge(code, asked));
}

function makeMerge(code: GeneratedCode, asked: AskedObject): string {
  const slow = code.constant(mergeField);
  const merge = (fields: readonly AskedField[]): string =>
    fields
      .map(({ key }) => {
        const [here, there] = [member('t', key), member('v', key)];
        return `h=${here};w=${there};if(h===undefined)${here}=w;else if(h!==w)${slow}(t,${JSON.stringify(key)},h,w);`;
      })
      .join('');
  const bodies = [...asked.byType].map(([name, fields]) => [name, merge(fields)] as const);
  if (asked.fixedType !== null) return code.add('t,v', `let h,w;${bodies[0]?.[1] ?? ''}`);
  const cases = bodies.map(([name, body]) => `case ${JSON.stringify(name)}:${body}break;`).join('');
  return code.add('t,v', `let h,w;switch(v.__typename){${cases}}`);
}
