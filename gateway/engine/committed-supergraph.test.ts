import { readFileSync } from 'node:fs';
import {
  getNamedType,
  getIntrospectionQuery,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type { GraphQLInputType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createEngine } from './create-engine.ts';
import type { Step } from './step.ts';

const supergraph = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
const engine = await createEngine({ supergraph, attestationField: 'holder' });

/** Every leaf below a type, once on each way to it. */
function everything(typeName: string, way: readonly string[] = []): string {
  const type = engine.schema.getType(typeName);
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  const parts = fields.flatMap((field) => {
    const below = getNamedType(field.type);
    const args = field.args.filter(isRequiredArgument).map((arg) => `${arg.name}: ${valueOf(arg.type)}`);
    const call = args.length === 0 ? field.name : `${field.name}(${args.join(' ')})`;
    if (isLeafType(below)) return [call];
    return way.includes(below.name) ? [] : [`${call} ${everything(below.name, [...way, below.name])}`];
  });
  return `{ ${parts.length === 0 ? '__typename' : parts.join(' ')} }`;
}

/** Any value a required argument takes. */
function valueOf(type: GraphQLInputType): string {
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0]?.name ?? '';
  return named.name === 'Int' ? '18' : '"18"';
}

const stepsOf = async (query: string): Promise<readonly Step[]> =>
  (await engine.plan(engine.prepare({ query }), new Map())).plan.steps;

describe('the committed supergraph', () => {
  test('a whole profile is within the default limits, and one request for each registry, all at once', async () => {
    const steps = await stepsOf(`{ person ${everything('Person')} }`);
    expect(steps.map((step) => step.service).sort()).toEqual([
      'caller',
      'driving-licences',
      'immigration',
      'population',
      'social-insurance',
      'vehicles',
    ]);
    for (const step of steps.slice(1)) expect(step.needs).toEqual([0]);
  });

  test('every registry is asked to attest its records and to repeat the key', async () => {
    for (const step of (await stepsOf(`{ person ${everything('Person')} }`)).slice(1)) {
      expect(step.bodyHead).toMatch(/\bholder\b/u);
      expect(step.bodyHead).toMatch(/\bsubject\b/u);
      expect(
        step.groups
          .flatMap((group) => [...group.kinds.values()])
          .every((kind) => kind.echoed.includes('subject')),
      ).toBe(true);
    }
  });

  test('dependants and documents beside the profile add no second request for a registry', async () => {
    const query = `{ person { fullName vehicles { plateRecord { plate } brand } } me { dependants { person { fullName vehicles { brand } } }
      linkedDocuments { document { ... on Vehicle { brand } ... on DrivingLicence { number } } } } }`;
    const services = (await stepsOf(query)).map((step) => step.service);
    expect(new Set(services).size).toBe(services.length);
  });

  test('the introspection that tools send is within the default limits', () => {
    const most = {
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    };
    for (const options of [{}, most]) {
      expect(() => engine.prepare({ query: getIntrospectionQuery(options) })).not.toThrow();
    }
  });
});
