import type { PlanNode } from '@graphql-hive/router-query-planner';
import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { composeSupergraph } from '../compose-supergraph.ts';
import { checkPlans, planDepth } from './check-plans.ts';
import { broken, header, lawful, lawfulIds } from './lawful.fixture.ts';

const fetch: PlanNode = { kind: 'Fetch', serviceName: 'a', operation: '{a}' };

describe('every path plans, in two steps at most', () => {
  it('says which path the planner has no plan for', () => {
    const { supergraph } = composeSupergraph(lawful(), lawfulIds) as { supergraph: string };
    const wider = buildSchema('type Query { me: Account } type Account { level: Int birthday: String }');
    expect(checkPlans(supergraph, wider)).toEqual({
      paths: 3,
      problems: [expect.stringMatching(/^query \{ me \{ birthday \} \} does not plan: /)],
    });
  });

  it('counts fetches that wait for one another, not those side by side', () => {
    expect(planDepth(undefined)).toBe(0);
    expect(planDepth({ kind: 'Parallel', nodes: [fetch, fetch] })).toBe(1);
    expect(
      planDepth({
        kind: 'Sequence',
        nodes: [fetch, { kind: 'Parallel', nodes: [{ kind: 'Flatten', path: [], node: fetch }, fetch] }],
      }),
    ).toBe(2);
    expect(planDepth({ kind: 'Sequence', nodes: [fetch, fetch, fetch] })).toBe(3);
    expect(planDepth({ kind: 'Condition', condition: 'c', elseClause: fetch })).toBe(1);
  });

  it('refuses a field that a third service answers after the second', () => {
    const keyed =
      'type Vehicle @key(fields: "plate") @claim(id: "vehicle", share: "ALLOWED", class: "BASIC")';
    const inspections = `${header}
      "A vehicle. Vi: Xe. Law: 1/2024."
      ${keyed} {
        "Plate. Vi: Biển số." plate: String @claim(id: "vehicle", share: "ALLOWED", class: "BASIC", law: "1/2024")
        "Day. Vi: Ngày." inspectedOn: String @claim(id: "vehicle", share: "ALLOWED", class: "BASIC", law: "1/2024")
      }`;
    const { problems } = composeSupergraph(
      [
        ...broken('vehicles', keyed.replace(' @key(fields: "plate")', ''), keyed),
        { name: 'inspections', document: parse(inspections) },
      ],
      lawfulIds,
    );
    expect(problems).toContain(
      'query { me { person { vehicles { inspectedOn } } } } takes 3 steps, one after another.',
    );
  });
});
