import { readSupergraph } from '@dinhdanh/schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Caller } from '../caller.ts';
import { noDocuments } from '../documents/read-manifest.ts';
import type { Exchange } from '../exchange.ts';
import { openServed } from '../served.ts';
import { defaultSettings } from '../settings.ts';
import { authorise, refusedLeaves } from './authorise.ts';

const served = await openServed(readSupergraph(), noDocuments, defaultSettings);
const prepared = served.engine.prepare({
  query:
    '{ me { level } person { __typename fullName identityCard { cardNumber } drivingLicences { number } } }',
});
const now = new Date('2026-11-21T03:00:00Z');
const ids = {
  ...{ kind: 'CITIZEN' as const, personalNumber: '097190000011', cancelledNumbers: [], oldIdNumber: null },
  ...{ matchName: 'nguyen van an', dateOfBirth: '1990-03-02', passports: [] },
};

/** Levels that accounts never tells of are among them: they may be taken for nothing else. */
const callers = fc.record({
  kind: fc.constantFrom('anonymous', 'person', 'officer', 'auditor', 'applicant', 'system'),
  level: fc.nat(40).map((level) => level as Caller['level']),
  locked: fc.boolean(),
  guardianRequired: fc.boolean(),
  passcodeUntil: fc.option(fc.constantFrom(new Date(now.getTime() - 1), now, new Date(now.getTime() + 1))),
  role: fc.option(fc.constantFrom('OPERATOR', 'AUDITOR')),
  self: fc.option(fc.constant({ subject: 's', ids })),
  id: fc.constant('x'),
  sessionId: fc.constant(null),
  dependants: fc.constant([]),
});

test('what is decided once for callers of a sort is what is decided for each of them', () => {
  fc.assert(
    fc.property(fc.array(callers, { minLength: 2, maxLength: 40 }), fc.boolean(), (asking, hasCase) => {
      // Leaves of their own: what is kept is kept with them.
      const leaves = [...prepared.leaves];
      for (const caller of [...asking, ...asking.toReversed()]) {
        const exchange = {
          ...{ served, caller, startedAt: now, caseId: hasCase ? 'c' : null },
          prepared: { ...prepared, leaves },
        } as unknown as Exchange;
        const { level, kind, locked, guardianRequired, passcodeUntil, role } = caller;
        const known = { level, kind, locked, guardianRequired, passcodeUntil, role, hasCase };
        const alone = refusedLeaves(leaves, { ...known, hasSelf: caller.self !== null }, served.claims, now);
        const isNothingLeft = alone.size === leaves.length;
        if (isNothingLeft && [...alone.values()].every(({ code }) => code === 'UNAUTHENTICATED')) {
          expect(() => authorise(exchange)).toThrow('nothing without a session');
          continue;
        }
        authorise(exchange);
        expect(exchange.refused).toEqual(alone);
      }
    }),
  );
});
