import {
  closePayload,
  createEngine,
  type EngineOptions,
  type Engine,
  type FetchSource,
} from '@dinhdanh/gateway/engine';
import { composeServices } from '@theguild/federation-composition';
import { buildASTSchema, isAbstractType, isObjectType, parse } from 'graphql';
import { differences } from './compare-answers.ts';
import { Oracle, type OracleAnswer, type Owner } from './oracle.ts';
import { ask, type IsA, makeService, type Service } from './serve-world.ts';
import type { World } from './world.ts';

/** A federation in memory: services, the engine over them, and a plain server over the same data. */
export interface Federation {
  readonly engine: Engine;
  readonly supergraph: string;
  /** Runs an operation through the engine. */
  readonly run: (
    world: World,
    query: string,
    variables?: Record<string, unknown>,
    wrap?: Wrap,
    offersBytes?: boolean,
  ) => Promise<Run>;
  /** Says where the engine's answer differs from the plain server's. */
  readonly compare: (
    world: () => World,
    query: string,
    variables?: Record<string, unknown>,
    wrap?: Wrap,
  ) => Promise<Verdict>;
}

/** Where an answer differs from the plain server's, and what it took to make it. */
export interface Verdict {
  readonly differences: readonly string[];
  readonly requests: number;
  readonly errors: number;
  /** Whether all answers of the sources were read as bytes. */
  readonly isInBytes: boolean;
}

/** An answer and the requests it took. */
export interface Run {
  readonly answer: OracleAnswer;
  readonly requests: readonly { readonly service: string; readonly body: string }[];
  readonly isInBytes: boolean;
}

/** Stands between the engine and the services. */
export type Wrap = (fetch: FetchSource) => FetchSource;

/** Composes SDL by service name; throws what the composer says. */
export function compose(subgraphs: Readonly<Record<string, string>>): string {
  const services = Object.entries(subgraphs).map(([name, sdl]) => ({ name, typeDefs: parse(sdl) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new CompositionRefused((errors ?? []).map((each) => each.message).join('\n'));
  return supergraphSdl;
}

/** What the composer refuses. */
export class CompositionRefused extends Error {}

const wide = {
  characters: 200_000,
  tokens: 20_000,
  depth: 30,
  aliases: 2000,
  directives: 500,
  selections: 2000,
  rootFields: 100,
};

/** Starts services and engine; `supergraph` stands in where the composer of the product refuses. */
export async function federate(
  subgraphs: Readonly<Record<string, string>>,
  supergraph = compose(subgraphs),
  options: Partial<EngineOptions> = {},
): Promise<Federation> {
  const engine = await createEngine({ supergraph, limits: wide, runsBeforeCode: 0, longFrom: 0, ...options });
  const isA = isAIn(supergraph);
  const current: { world: World } = { world: { items: [], roots: {} } };
  const services = new Map<string, Service>(
    Object.entries(subgraphs).map(([name, sdl]) => [name, makeService(name, sdl, () => current.world, isA)]),
  );
  const ownersOf = ownersIn(services, isA);
  const oracle = new Oracle(engine.schema, ownersOf, isA);
  const run: Federation['run'] = async (
    world,
    query,
    variables = {},
    wrap = untouched,
    offersBytes = true,
  ) => {
    current.world = world;
    const requests: { service: string; body: string }[] = [];
    const fetch: FetchSource = async ({ service: name, body }) => {
      requests.push({ service: name, body });
      const service = services.get(name);
      if (!service) throw new TypeError(`No such service: ${name}`);
      const overridden = (typeName: string, field: string): boolean =>
        (service.types.get(typeName)?.fields.has(field) ?? false) &&
        ownersOf(typeName, field).length > 0 &&
        !ownersOf(typeName, field).some((owner) => owner.service === name) &&
        service.types.get(typeName)?.fields.get(field)?.isExternal !== true;
      const answered = await ask(service, world, overridden, isA, body);
      return { ok: true, ...answered };
    };
    const compiled = await engine.plan(engine.prepare({ query, variables }), new Map());
    const { bytes } = await engine.execute(compiled, {
      fetch: handingOver(wrap(fetch), offersBytes),
      deadlineAt: Date.now() + 10_000,
      describe: ({ code }) => ({ message: code }),
    });
    const { data, errors } = JSON.parse(closePayload(bytes, '}').toString()) as OracleAnswer;
    const isInBytes = typeof bytes !== 'string';
    return { answer: errors ? { data, errors } : { data }, requests, isInBytes };
  };
  const compare: Federation['compare'] = async (world, query, variables = {}, wrap = (fetch) => fetch) => {
    const strict = await oracle.answer(world(), query, variables);
    const loose = await oracle.loose(world(), query, variables);
    const { answer, requests, isInBytes } = await run(world(), query, variables, wrap);
    const parsed = await run(world(), query, variables, wrap, false);
    return {
      differences: [...differences(answer, strict, loose), ...differences(parsed.answer, strict, loose)],
      requests: requests.length,
      errors: strict.errors?.length ?? 0,
      isInBytes,
    };
  };
  return { engine, supergraph, run, compare };
}

const untouched: Wrap = (fetch) => fetch;

/** Hands answers over as a client of HTTP does: offered as bytes, or parsed. */
function handingOver(fetch: FetchSource, offersBytes: boolean): FetchSource {
  return async (request) => {
    const answer = await fetch(request);
    if (!answer.ok) return answer;
    const { data, errors } = answer;
    const text = JSON.stringify({ data, errors });
    if (offersBytes && request.takeBytes(Buffer.from(text))) return { ok: true, data: null, isTaken: true };
    return { ...answer, isPlain: !text.includes('\\') };
  };
}

/** Every service whose own the field is, overrides counted. */
function ownersIn(
  services: ReadonlyMap<string, Service>,
  isA: IsA,
): (typeName: string, field: string) => readonly Owner[] {
  const known = new Map<string, readonly Owner[]>();
  return (typeName, name) => {
    const key = `${typeName}.${name}`;
    const found = known.get(key) ?? findOwners(services, isA, typeName, name);
    known.set(key, found);
    return found;
  };
}

function findOwners(
  services: ReadonlyMap<string, Service>,
  isA: IsA,
  typeName: string,
  name: string,
): readonly Owner[] {
  const owners: Owner[] = [];
  for (const service of services.values()) {
    for (const type of service.types.values()) {
      const isOwn = type.name === typeName || (type.isInterfaceObject && isA(typeName, type.name));
      const field = isOwn ? type.fields.get(name) : undefined;
      if (field && !field.isExternal) owners.push({ service: service.name, type, field });
    }
  }
  const overridden = new Set(owners.flatMap(({ field }) => field.overrides ?? []));
  return owners.filter(({ service }) => !overridden.has(service));
}

function isAIn(supergraph: string): IsA {
  const schema = buildASTSchema(parse(supergraph), { assumeValidSDL: true });
  return (typeName, other) => {
    if (typeName === other) return true;
    const [type, abstract] = [schema.getType(typeName), schema.getType(other)];
    return isObjectType(type) && isAbstractType(abstract) && schema.isSubType(abstract, type);
  };
}
