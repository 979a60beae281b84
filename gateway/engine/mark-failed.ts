import type { DataObject, FieldFailure } from './field-failure.ts';
import { collectTargets, markObject } from './merge-answer.ts';
import type { Step } from './step.ts';

/** Marks what a failed request leaves without a value; what another request brought stays. */
export function markFailed(step: Step, failure: FieldFailure, root: DataObject): void {
  if (step.root) {
    for (const target of collectTargets(root, step.root.path)) markObject(target, step.root.asked, failure);
  }
  for (const group of step.groups) {
    for (const path of group.paths) {
      for (const target of collectTargets(root, path.segments)) {
        const typeName = target['__typename'];
        const kind = typeof typeName === 'string' ? group.kinds.get(typeName) : undefined;
        if (kind) markObject(target, kind.asked, failure);
      }
    }
  }
}
