// oxlint-disable no-console -- a command that prints
/**
 * `node engine-cpu.ts [a|b|…] [--seconds 3] [--floor] [--plan] [--together 50] [--against <checkout>]`: CPU time per operation of
 * the engine alone, in this process, sources answering from memory with recorded text, in turns with the floor and with the
 * engine of the other checkout; as many operations `--together` as said, each source answering a turn of the event loop later.
 * `--cpu-prof` of Node shows where it goes.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { closePayload, createEngine } from '@dinhdanh/gateway/engine';
import type { Engine } from '@dinhdanh/gateway/engine';
import { catalogueData, catalogueQuery, catalogueSdl } from './engine-cpu/catalogue.ts';
import { type Ask, catalogueFloor, profileFloor } from './engine-cpu/floor.ts';
import { type MadeUpSource, madeUpSource } from './engine-cpu/made-up-sources.ts';
import { median } from './engine/percentile.ts';
import { profileQuery, profileServices } from './engine-cpu/profile-query.ts';

interface Workload {
  readonly supergraph: string;
  readonly sources: Readonly<Record<string, MadeUpSource>>;
  readonly query: string;
  readonly floor: (ask: Ask, person: string) => Promise<string>;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '3' },
    floor: { type: 'boolean', default: false },
    plan: { type: 'boolean', default: false },
    together: { type: 'string', default: '1' },
    against: { type: 'string' },
  },
});

const schemaFolder = new URL('../../schema/', import.meta.url);
const people = 500;
const together = Number(values.together);
const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

const workloads: Readonly<Record<string, () => Workload>> = {
  a: () => ({
    supergraph: readFileSync(new URL('supergraph.graphql', schemaFolder), 'utf8'),
    sources: Object.fromEntries(
      profileServices.map((name) => [
        name,
        madeUpSource(readFileSync(new URL(`${name}.graphql`, schemaFolder), 'utf8'), {
          sizes: {},
          pools: {},
        }),
      ]),
    ),
    query: profileQuery,
    floor: profileFloor,
  }),
  b: () => ({
    supergraph: composeCatalogue(),
    sources: Object.fromEntries(
      Object.entries(catalogueSdl).map(([name, sdl]) => [name, madeUpSource(sdl, catalogueData)]),
    ),
    query: catalogueQuery,
    floor: catalogueFloor,
  }),
};

for (const name of positionals.length > 0 ? positionals : ['a', 'b']) {
  const workload = workloads[name]?.();
  if (workload) await measure(name, workload);
}

function composeCatalogue(): string {
  const services = Object.entries(catalogueSdl).map(([name, sdl]) => ({
    name,
    url: `http://${name}.invalid/graphql`,
    typeDefs: parse(sdl),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new TypeError(JSON.stringify(errors));
  return supergraphSdl;
}

async function measure(name: string, { supergraph, sources, query, floor }: Workload): Promise<void> {
  const recorded = new Map<string, Map<string, Buffer>>();
  const ask: Ask = async (service, body, takeBytes) => {
    let answers = recorded.get(service);
    if (answers === undefined) recorded.set(service, (answers = new Map()));
    let bytes = answers.get(body);
    if (bytes === undefined) answers.set(body, (bytes = Buffer.from(await sources[service](body))));
    if (together > 1) await nextTurn();
    if (takeBytes?.(bytes)) return { ok: true, data: null, isTaken: true };
    const { data, errors } = JSON.parse(bytes.toString()) as { data: unknown; errors?: undefined };
    return { ok: true, data, errors, isPlain: !bytes.includes(0x5c) };
  };
  const engine = await createEngine({ supergraph });
  const run = (person: string): Promise<Buffer> => answer(engine, query, ask, person);
  const before = values.against === undefined ? null : await engineBefore(values.against, supergraph);
  if (values.plan) {
    for (const step of (await engine.plan(engine.prepare({ query }), new Map())).plan.steps) {
      console.log(
        step.service,
        step.needs,
        step.bodyHead,
        step.groups.map((each) => each.paths.length),
      );
    }
  }
  const runs: [string, (person: string) => Promise<Buffer>][] = [['engine', run]];
  if (before) runs.push(['before', (person) => answer(before, query, ask, person)]);
  if (values.floor) runs.push(['floor', async (person) => Buffer.from(await floor(ask, person))]);
  const texts = await Promise.all(runs.map(([, each]) => each('person-0')));
  console.log(
    name,
    texts.map((text) => text.length),
    'bytes, same answer',
    areSame(texts),
  );
  for (let index = 0; index < people; index += 1) for (const [, each] of runs) await each(`person-${index}`);
  const slices = runs.map((): number[] => []);
  const endAt = performance.now() + Number(values.seconds) * 1000;
  while (performance.now() < endAt) {
    for (const [at, [, each]] of runs.entries()) slices[at]?.push(await slice(each));
  }
  for (const [at, [what]] of runs.entries()) {
    const sorted = (slices[at] ?? []).toSorted((one, other) => one - other);
    const quantile = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
    const ratio = median((slices[at] ?? []).map((each, turn) => each / (slices.at(-1)?.[turn] ?? each)));
    console.log(
      `${name} ${what}: ${quantile(0.5)} µs CPU an operation, best ${quantile(0)}; ${ratio.toFixed(3)} of the last in the same turn`,
    );
  }
}

async function engineBefore(folder: string, supergraph: string): Promise<Engine> {
  const door = new URL('gateway/engine/index.ts', pathToFileURL(`${folder}/`));
  const { createEngine: create } = (await import(door.href)) as { createEngine: typeof createEngine };
  return create({ supergraph });
}

/** CPU microseconds an operation over 50 ms or so. */
async function slice(run: (person: string) => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  const endAt = performance.now() + 50;
  let count = 0;
  while (performance.now() < endAt) {
    if (together === 1) await run(`person-${(count += 1) % people}`);
    else await Promise.all(Array.from({ length: together }, () => run(`person-${(count += 1) % people}`)));
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

async function answer(engine: Engine, query: string, ask: Ask, person: string): Promise<Buffer> {
  const prepared = engine.prepare({ query });
  const compiled = await engine.plan(prepared, new Map());
  const payload = await engine.execute(compiled, {
    fetch: ({ service, body, takeBytes }) => ask(service, body, takeBytes),
    local: { caller: { person: () => ({ __typename: 'Citizen', subject: person }) } },
    deadlineAt: Date.now() + 60_000,
    describe: (error) => ({ message: error.code }),
  });
  const whole = closePayload(payload.bytes, '}');
  return typeof whole === 'string' ? Buffer.from(whole) : whole;
}

function areSame(texts: readonly Buffer[]): boolean {
  const plain = (text: Buffer): string =>
    JSON.stringify(sorted((JSON.parse(text.toString()) as { data: unknown }).data));
  return new Set(texts.map(plain)).size === 1;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}
