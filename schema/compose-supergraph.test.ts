import { type PlanNode, QueryPlanner } from '@graphql-hive/router-query-planner';
import { parse, visit } from 'graphql';
import { describe, expect, it } from 'vitest';
import { broken, lawful, lawfulIds } from './checks/lawful.fixture.ts';
import { stringArguments } from './claim-directives.ts';
import { claimCatalogue } from './claims.ts';
import { composeSupergraph } from './compose-supergraph.ts';
import { subgraphNames } from './service-names.ts';
import { readSubgraph, readSupergraph } from './subgraph-files.ts';

const ids = new Set(claimCatalogue.map(({ id }) => id));
const subgraphs = subgraphNames.map((name) => ({ name, document: readSubgraph(name) }));

describe('the committed supergraph', () => {
  // Every path from a root to a leaf is planned: seconds on an idle machine.
  it('is what its subgraphs compose to, in whatever order they are given', { timeout: 120_000 }, () => {
    const composition = composeSupergraph(subgraphs.toReversed(), ids);
    expect(composition.problems).toBeUndefined();
    expect(composition).toMatchObject({ supergraph: readSupergraph() });
  });

  it('uses nothing newer than Federation 2.9, so that other composers and planners take it', () => {
    const linked = subgraphs.flatMap(({ document }) => links(document));
    expect(new Set(linked)).toEqual(
      new Set(['https://specs.apollo.dev/federation/v2.9', 'https://dinhdanh.vn/claim/v1.0']),
    );
    expect(links(parse(readSupergraph())).toSorted()).toEqual([
      'https://dinhdanh.vn/claim/v1.0',
      'https://specs.apollo.dev/cost/v0.1',
      'https://specs.apollo.dev/inaccessible/v0.2',
      'https://specs.apollo.dev/join/v0.5',
      'https://specs.apollo.dev/link/v1.0',
    ]);
  });

  it('answers a whole profile by one fetch a registry, side by side, after the caller', () => {
    const planner = new QueryPlanner(readSupergraph());
    const { node } = planner.plan(profile, null, new Set(), 0);
    if (node?.kind !== 'Sequence') throw new TypeError('the profile is no longer a sequence');
    expect(node.nodes.map(services)).toEqual([
      ['caller'],
      ['driving-licences', 'immigration', 'population', 'social-insurance', 'vehicles'],
    ]);
  });

  it('never asks the accounts about a person', () => {
    const planner = new QueryPlanner(readSupergraph());
    expect(services(planner.plan(profile, null, new Set(), 0).node)).not.toContain('accounts');
  });
});

describe('a broken schema is refused with a sentence', () => {
  it('accepts the lawful fixture', () => {
    expect(composeSupergraph(lawful(), lawfulIds).problems).toBeUndefined();
  });

  it.each([
    ['vehicles', 'plate: String @claim(id: "vehicle"', 'plate: String @claim(id: "unknown"', /catalogue/],
    ['vehicles', 'plate: String', 'plate: String @external', /uses @external/],
    ['vehicles', 'plate: String', 'owner: Person plate: String', /leads back to Person/],
    ['vehicles', 'plate: String', 'plate: String!', /must be nullable/],
    ['vehicles', '@composeDirective(name: "@open")', '', /does not @composeDirective "@open"/],
    ['population', 'name: String', 'name: Unknown', /do not compose|returns an object/],
    [
      'accounts',
      'interface Person @key(fields: "subject")',
      'interface Person',
      /no subgraph keys the interface/,
    ],
  ] as const)('%s: %s → %s', (file, text, by, sentence) => {
    const { problems } = composeSupergraph(broken(file, text, by), lawfulIds);
    expect(problems).toContainEqual(expect.stringMatching(sentence));
  });
});

const profile = `{
  person {
    personalNumber fullName dateOfBirth sex nationality ageOver(years: 18)
    permanentResidence { text } identityCard { cardNumber expiryDate }
    passports { number } visas { code }
    drivingLicences { number status classes { class scheme expiryDate } points { group value } }
    vehicles { plate brand model inspection { validTo } plateRecord { kind } }
    socialInsurance { number totalMonths contributionPeriods(first: 5) { nodes { employer } } }
    healthInsurance { number benefitLevel validTo }
  }
}`;

function links(document: ReturnType<typeof parse>): string[] {
  const urls: string[] = [];
  visit(document, {
    Directive: (node) => {
      const url = stringArguments(node as Parameters<typeof stringArguments>[0]).get('url');
      if (node.name.value === 'link' && url !== undefined) urls.push(url);
    },
  });
  return urls;
}

function services(node: PlanNode | undefined): string[] {
  switch (node?.kind) {
    case 'Fetch':
    case 'BatchFetch':
      return [node.serviceName];
    case 'Flatten':
      return services(node.node);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(services).toSorted();
    default:
      return [];
  }
}
