/**
 * The five registries and the look-up of the caller, answered from memory: the first time a request comes its answer is made
 * by graphql-js over the records of the synthetic people, and kept; later only the attestations of the holder are filled in,
 * which no two calls share.
 */
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { buildSubgraphSchema as BuildSubgraphSchema } from '@apollo/subgraph';
import { attestHolder, sessionIdOf } from '@dinhdanh/kit';
import { DEFAULT_SEED, people, SEED_TODAY } from '@dinhdanh/people';
import type { SyntheticPerson } from '@dinhdanh/people';
import { readSubgraph, registryNames } from '@dinhdanh/schema';
import type * as Graphql from 'graphql';
import { framedAnswer } from '../engine/http-messages.ts';
import { MessageReader } from '../engine/read-messages.ts';
import { recordsOf } from '../person-records.ts';

// One instance of graphql for schema and execution, whatever the bench package has installed of its own.
const requireHere = createRequire(new URL('../../../gateway/package.json', import.meta.url));
const graphql = requireHere('graphql') as typeof Graphql;
const { buildSubgraphSchema } = requireHere('@apollo/subgraph') as {
  buildSubgraphSchema: typeof BuildSubgraphSchema;
};

/** Somebody who asks for their own profile. */
export interface BenchPerson {
  readonly session: string;
  readonly subject: string;
  readonly records: Readonly<Record<string, unknown>>;
  /** What accounts tells of them. */
  readonly resolved: object;
  readonly number: string;
}

/** The services, listening. */
export interface ReplayedServices {
  readonly services: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** Citizens with an account of level 2, in the order of the recipe. */
export function benchPeople(most: number): readonly BenchPerson[] {
  const found: BenchPerson[] = [];
  for (const person of people({ count: most * 4, seed: DEFAULT_SEED, today: SEED_TODAY })) {
    const { account } = person;
    if (person.kind !== 'CITIZEN' || account?.level !== 2 || found.length === most) continue;
    found.push(benchPerson(person, found.length));
  }
  return found;
}

function benchPerson(person: SyntheticPerson, place: number): BenchPerson {
  const { population } = person;
  const number = population?.personalNumber ?? '';
  const subject = `s_${place.toString().padStart(20, '0')}`;
  const ids = {
    ...{ kind: 'CITIZEN', personalNumber: number, cancelledNumbers: [], oldIdNumber: null, passports: [] },
    ...{ matchName: 'nguyen van an', dateOfBirth: population?.dateOfBirth ?? '' },
  };
  const session = `session-of-the-bench-${place.toString().padStart(22, '0')}`;
  const until = new Date(Date.now() + 86_400_000).toISOString();
  return {
    session,
    subject,
    number,
    records: recordsOf(person),
    resolved: {
      ...{
        actor: { kind: 'person', id: subject },
        sessionId: sessionIdOf(session),
        level: 2,
        status: 'ACTIVE',
      },
      ...{ passcodeUntil: until, guardianRequired: false, self: { subject, ids }, dependants: [] },
      confirmation: { id: `confirmation-${place}`, at: new Date().toISOString(), method: 'passcode' },
      organisations: [],
    },
  };
}

/** Opens all of them; `keyOf` gives the caller-token key of a service. */
export async function replayServices(
  all: readonly BenchPerson[],
  keyOf: (service: string) => Buffer,
): Promise<ReplayedServices> {
  const bySubject = new Map(all.map((person) => [person.subject, person]));
  const bySession = new Map(all.map((person) => [person.session, JSON.stringify(person.resolved)]));
  const stops: (() => Promise<void>)[] = [];
  const services: Record<string, string> = {};
  const serve = async (name: string, answer: Answer): Promise<void> => {
    const { url, stop } = await open(answer);
    services[name] = url;
    stops.push(stop);
  };
  for (const name of registryNames) await serve(name, replayed(name, bySubject, keyOf));
  await serve('accounts', (body) => {
    const { sessions } = JSON.parse(body) as { sessions: string[] };
    return `{"callers":[${sessions.map((session) => bySession.get(session) ?? '{"actor":null}').join()}]}`;
  });
  return {
    services,
    stop: async () => {
      for (const stop of stops) await stop();
    },
  };
}

/** What a service answers; `head` is that of the request, as it came. */
type Answer = (body: string, head: string) => string | Promise<string>;

/** Over bare sockets, because what callers and services cost is not what is measured and the gateway is not to wait for it. */
async function open(answer: Answer): Promise<{ url: string; stop: () => Promise<void> }> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    const reader = new MessageReader();
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    const respond = (text: string): void => void socket.write(framedAnswer(text));
    socket.on('data', (chunk) =>
      reader.read(chunk, (head, bytes) => {
        const answered = answer(bytes.toString(), head);
        if (typeof answered === 'string') respond(answered);
        else answered.then(respond, () => socket.destroy());
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Stands where the attestation of a number's owner belongs. */
const HOLDER = /@(\d{12})@/g;

function replayed(
  name: (typeof registryNames)[number],
  people: ReadonlyMap<string, BenchPerson>,
  keyOf: (service: string) => Buffer,
): Answer {
  const schema = schemaOf(name, people);
  const key = keyOf(name);
  const known = new Map<string, string>();
  const attested = (text: string, head: string): string => {
    // Who vouches for nobody checks no attestation either.
    const payload = text.includes('@') ? TOKEN_PAYLOAD.exec(head)?.[1] : undefined;
    if (payload === undefined) return text;
    const { jti } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { jti: string };
    return text.replace(HOLDER, (_, number: string) => attestHolder(key, jti, number));
  };
  return (body, head) => {
    const text = known.get(body);
    if (text !== undefined) return attested(text, head);
    return execute(schema, body).then((made) => {
      known.set(body, made);
      return attested(made, head);
    });
  };
}

/** The second part of the caller token of a request. */
const TOKEN_PAYLOAD = /\r\nauthorization: *Bearer [^.]*\.([^.]*)\./i;

async function execute(schema: Graphql.GraphQLSchema, body: string): Promise<string> {
  const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
  const result = await graphql.execute({
    schema,
    document: graphql.parse(query),
    variableValues: variables ?? {},
    contextValue: { number: '' },
    fieldResolver: (parent: Record<string, unknown>, _args, context: { number: string }, { fieldName }) => {
      if (fieldName === 'holder') return `@${context.number}@`;
      return parent[fieldName] ?? null;
    },
  });
  if (result.errors !== undefined) throw new TypeError(result.errors[0]?.message);
  return JSON.stringify(result);
}

function schemaOf(
  name: (typeof registryNames)[number],
  people: ReadonlyMap<string, BenchPerson>,
): Graphql.GraphQLSchema {
  const reference = (typeName: string) => ({
    __resolveReference: ({ subject }: { subject: string }, context: { number: string }) => {
      const person = people.get(subject);
      if (person === undefined) return null;
      context.number = person.number;
      return { ...(person.records[name] as object), __typename: typeName, subject };
    },
  });
  const resolvers =
    name === 'population'
      ? { Citizen: reference('Citizen') }
      : name === 'immigration'
        ? { Citizen: reference('Citizen'), ForeignResident: reference('ForeignResident') }
        : { Person: reference('Person') };
  return buildSubgraphSchema([{ typeDefs: readSubgraph(name), resolvers }] as never);
}
