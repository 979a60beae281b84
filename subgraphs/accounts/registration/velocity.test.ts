import { describe, expect, it } from 'vitest';
import { velocityOn } from './policy/thresholds.ts';
import { askVelocity, judgeVelocity } from './velocity.ts';

const now = new Date('2026-11-22T03:00:00Z');
const none = { device: 0, phone: 0, source: 0, prefix: 0, number: 0 };

describe('how often registrations are begun', () => {
  it.each(velocityOn('2026-11-22'))(
    'R99: by one $kind: looked at past its threshold, then refused',
    (row) => {
      const { kind, review, refuse, hours } = row;
      const after = (earlier: number) => judgeVelocity({ ...none, [kind]: earlier }, now);
      expect(after(review - 1)).toEqual({ signs: [], refusedSeconds: null });
      expect(after(review)).toEqual({ signs: [{ kind, count: review + 1 }], refusedSeconds: null });
      if (refuse === null) expect(after(1_000_000).refusedSeconds).toBeNull();
      else
        expect([refuse - 1, refuse].map((one) => after(one).refusedSeconds)).toEqual([null, hours * 3_600]);
    },
  );

  it('is counted by what is known, over the hours of each threshold', () => {
    const keys = { device: 'd', phone: '+84900000001', source: 's', prefix: null, number: null };
    const asked = askVelocity(keys, now);
    expect(asked.device).toEqual({ value: 'd', since: new Date('2026-11-21T03:00:00Z') });
    expect(asked.source).toEqual({ value: 's', since: new Date('2026-11-22T02:00:00Z') });
    expect(asked.number.value).toBeNull();
  });
});
