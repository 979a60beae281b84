import { legalDateOf } from '@dinhdanh/kit';
import { velocityOn } from './policy/thresholds.ts';
import type { VelocityKind } from './policy/thresholds.ts';
import type { VelocityAsked } from './store.ts';

/** By what a beginning is counted. */
export type VelocityKeys = Readonly<Record<VelocityKind, string | null>>;

/** What came of counting: signs for the reviewer, and what refuses another beginning. */
export interface VelocityVerdict {
  /** Kinds past their review threshold, with their counts. */
  readonly signs: readonly { readonly kind: VelocityKind; readonly count: number }[];
  /** Seconds after which another try makes sense; null where this one may be made. */
  readonly refusedSeconds: number | null;
}

/** What is counted as of an instant. */
export function askVelocity(keys: VelocityKeys, now: Date): VelocityAsked {
  const rows = velocityOn(legalDateOf(now));
  const asked = (kind: VelocityKind): { value: string | null; since: Date } => {
    const hours = rows.find((row) => row.kind === kind)?.hours ?? 0;
    return { value: keys[kind], since: new Date(now.getTime() - hours * 3_600_000) };
  };
  return {
    device: asked('device'),
    phone: asked('phone'),
    source: asked('source'),
    prefix: asked('prefix'),
    number: asked('number'),
  };
}

/** Judges earlier beginnings by the thresholds of the day, this one counted with them. */
export function judgeVelocity(earlier: Readonly<Record<VelocityKind, number>>, now: Date): VelocityVerdict {
  const rows = velocityOn(legalDateOf(now));
  const counted = rows.map((row) => ({ ...row, count: earlier[row.kind] + 1 }));
  const refused = counted.filter(({ refuse, count }) => refuse !== null && count > refuse);
  return {
    signs: counted.filter(({ review, count }) => count > review).map(({ kind, count }) => ({ kind, count })),
    refusedSeconds: refused.length === 0 ? null : Math.max(...refused.map(({ hours }) => hours * 3_600)),
  };
}
