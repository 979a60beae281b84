import { describe, expect, test } from 'vitest';
import { EngineRefusal } from './engine-refusal.ts';
import type { Engine, Payload } from './engine-types.ts';
import { attestFixture, type FakeSources, fakeSources } from './fixtures/fake-sources.ts';
import { fixtureEngine } from './fixtures/run-query.ts';

const none = new Map();
const soon = (): number => Date.now() + 5000;

async function run(
  engine: Engine,
  sources: FakeSources,
  query: string,
  given: {
    readonly shareWith?: string;
    readonly signal?: AbortSignal;
    readonly variables?: Record<string, unknown>;
  },
): Promise<Payload> {
  const { variables, ...options } = given;
  return engine.execute(await engine.plan(engine.prepare({ query, variables }), none), {
    fetch: sources.fetch,
    local: sources.local,
    attest: attestFixture(['an']),
    deadlineAt: soon(),
    describe: ({ code }) => ({ message: code }),
    ...options,
  });
}

describe('identical operations under way', () => {
  const query = 'query ($years: Int! = 18) { person { fullName ageOver(years: $years) } }';

  test('of one caller ask once, and each has its own answer under its own names', async () => {
    const [engine, sources] = [await fixtureEngine(), fakeSources('an')];
    const [one, other] = await Promise.all([
      run(engine, sources, query, { shareWith: 'an' }),
      run(engine, sources, query.replace('fullName', 'name: fullName'), { shareWith: 'an' }),
    ]);
    expect(sources.requests).toHaveLength(1);
    expect(String(one.bytes).replace('"fullName"', '"name"')).toBe(String(other.bytes));
    expect(other.released).toEqual(one.released);
  });

  test('of other callers, with other variables, or with nothing said of the caller ask each for itself', async () => {
    const [engine, sources] = [await fixtureEngine(), fakeSources('an')];
    await Promise.all([
      run(engine, sources, query, { shareWith: 'an' }),
      run(engine, sources, query, { shareWith: 'bao' }),
      run(engine, sources, query, { shareWith: 'an', variables: { years: 21 } }),
      run(engine, sources, query, {}),
      run(engine, sources, query, {}),
    ]);
    expect(sources.requests).toHaveLength(5);
  });

  test('one after the other ask twice', async () => {
    const [engine, sources] = [await fixtureEngine(), fakeSources('an')];
    await run(engine, sources, query, { shareWith: 'an' });
    await run(engine, sources, query, { shareWith: 'an' });
    expect(sources.requests).toHaveLength(2);
  });

  test('the first that goes away takes nothing from the second', async () => {
    const [engine, sources] = [await fixtureEngine(), fakeSources('an')];
    const gone = new AbortController();
    const first = run(engine, sources, query, { shareWith: 'an', signal: gone.signal });
    const second = run(engine, sources, query, { shareWith: 'an' });
    gone.abort();
    expect((await second).errors).toEqual([]);
    await first;
  });
});

describe('a plan', () => {
  const query = '{ person { fullName sex } }';

  test('is made once for all who wait, and known at once afterwards', async () => {
    const engine = await fixtureEngine();
    const prepared = engine.prepare({ query });
    const [one, other] = await Promise.all([
      engine.plan(prepared, none, soon()),
      engine.plan(engine.prepare({ query }), none, soon()),
    ]);
    expect(engine.stats.plans).toBe(1);
    expect(other.plan).toBe(one.plan);
    const known = engine.plan(prepared, none, soon());
    expect('plan' in known && known.plan).toBe(one.plan);
    expect((await engine.plan(prepared, none)).plan).toBe(one.plan);
  });

  test('asked for again after many others is compiled anew from what the planner told, and kept from then on', async () => {
    const [engine, sources] = [await fixtureEngine(), fakeSources('an')];
    const first = await run(engine, sources, query, {});
    const { plan } = await engine.plan(engine.prepare({ query: '{ person { sex } }' }), none);
    for (let years = 0; years < 20; years += 1) {
      await engine.plan(engine.prepare({ query: `{ person { ageOver(years: ${years}) } }` }), none);
    }
    const { plans } = engine.stats;
    expect((await run(engine, sources, query, {})).bytes).toEqual(first.bytes);
    const again = await engine.plan(engine.prepare({ query: '{ person { sex } }' }), none);
    expect(again.plan).not.toBe(plan);
    expect((await engine.plan(engine.prepare({ query: '{ person { sex } }' }), none)).plan).toBe(again.plan);
    expect(engine.stats).toMatchObject({ plans });
  });

  test('that is not there by the deadline is refused, and kept for the next', async () => {
    const engine = await fixtureEngine();
    const prepared = engine.prepare({ query });
    await expect(engine.plan(prepared, none, Date.now() - 1)).rejects.toThrow(EngineRefusal);
    expect((await engine.plan(prepared, none, soon())).plan.steps.length).toBeGreaterThan(0);
    expect(engine.stats.plans).toBe(1);
  });
});
