import { describe, expect, it } from 'vitest';
import { resolverTypes } from './generate-types.ts';
import { serviceNames } from './service-names.ts';

describe('resolver types', () => {
  it.each(serviceNames)('are made for %s', async (service) => {
    const source = await resolverTypes(service);
    const context = /export type Resolvers<ContextType = (\w+)> = \{/.exec(source)?.[1];
    expect(['CallContext', 'Context']).toContain(context);
    expect(source).toMatch(new RegExp(`import type \\{[^}]*\\b${context}\\b[^}]*\\} from`));
    expect(source).not.toMatch(/put: any\b/);
  });

  it('hand a person on by the hidden key, and ask for a reference resolver', async () => {
    const source = await resolverTypes('vehicles');
    expect(source).toMatch(/Person: ResolverTypeWrapper<\{ readonly subject: string \}>;/);
    expect(source).toMatch(/PersonResolvers<[^{]+= \{\n {2}__resolveReference\?: /);
  });

  it("take a service's own models and context", async () => {
    const source = await resolverTypes('vehicles', {
      context: '../resolvers.ts#Context',
      models: { Vehicle: '../store.ts#VehicleRow' },
    });
    expect(source).toContain("import type { VehicleRow } from '../store.ts';");
    expect(source).toContain("import type { Context } from '../resolvers.ts';");
    expect(source).toContain('Vehicle: ResolverTypeWrapper<VehicleRow>;');
  });
});
