import { bodyHash, signCallerToken } from '@dinhdanh/kit';
import type { CallerToken } from '@dinhdanh/kit';
import { KeyFolder } from '@dinhdanh/start';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { ask, readDemo, signIn } from '../harness/client.ts';
import { startGatewayUnderTest } from '../harness/gateway-under-test.ts';
import { startLyingRegistry } from '../harness/lying-registry.ts';
import type { AskedQuestion } from '../harness/lying-registry.ts';
import { FIELDS, partOf, PROFILE, REGISTRIES } from './profile-query.ts';

const system = inject('system');
const demo = readDemo(system.dataFolder);
const victim = demo.citizens['level2'] ?? expect.unreachable('in demo.json');
const other = demo.citizens['mismatch'] ?? expect.unreachable('in demo.json');

type Answer = { data: { _entities: Record<string, unknown>[] } };

/** Lies that need no knowledge: what was answered truly, bent. */
const bends: Readonly<Record<string, (answer: Answer) => unknown>> = {
  'one entity too few': (answer) => ({ ...answer, data: { ...answer.data, _entities: [] } }),
  'one entity too many': ({ data: { _entities } }) => ({ data: { _entities: [..._entities, ..._entities] } }),
  'another key than it was asked for': ({ data: { _entities } }) => ({
    data: { _entities: _entities.map((entity) => ({ ...entity, subject: 'somebody-else' })) },
  }),
  'numbers where text belongs': (answer) => ({ data: bendLeaves(answer.data, () => 12) }),
  'text where objects belong': ({ data: { _entities } }) => ({
    data: { _entities: _entities.map(() => 'person') },
  }),
  'records without a holder': (answer) => ({ data: bendHolders(answer.data, () => null) }),
  'records of a holder made up': (answer) => ({ data: bendHolders(answer.data, () => 'bm90IGEgaG9sZGVy') }),
};

describe.each(REGISTRIES)('%s', (registry) => {
  const cleanUp: (() => Promise<void>)[] = [];
  let token = '';
  let whole: unknown;

  beforeAll(async () => {
    token = await signIn(system.url, victim);
    whole = (await ask(system.url, PROFILE, { token })).data;
  });
  afterEach(async () => {
    for (const step of cleanUp.splice(0).toReversed()) await step();
  });

  async function expectCaught(tell: (truth: Answer, question: AskedQuestion) => unknown): Promise<void> {
    const liar = await startLyingRegistry(system.services[registry] ?? '', async (truth, question) => ({
      body: JSON.stringify(await tell(truth as Answer, question)),
    }));
    cleanUp.push(liar.close);
    const gateway = await startGatewayUnderTest(system, {
      services: { [registry]: liar.url },
      settings: { deadlineMs: 15_000 },
    });
    cleanUp.push(gateway.stop);
    const answer = await ask(gateway.url, PROFILE, { token });
    expect(liar.asked()).toBe(1);
    expect(
      answer.errors.map(({ path, extensions }) => [path, extensions.code, extensions['source']]),
    ).toEqual((FIELDS[registry] ?? []).map((field) => [['person', field], 'SOURCE_INVALID', registry]));
    expect(partOf(answer.data, registry).every((part) => part === null)).toBe(true);
    for (const each of REGISTRIES.filter((name) => name !== registry)) {
      expect(partOf(answer.data, each)).toEqual(partOf(whole, each));
    }
  }

  it.each(Object.entries(bends))(
    'that answers with %s is caught, the others are whole',
    async (_name, bend) => {
      await expectCaught((truth) => bend(truth));
    },
  );

  it('that answers with another person’s record under the right key is caught', async () => {
    const theirs = await recordOf(registry, other);
    await expectCaught(async (truth, question) => {
      const swapped = await theirs(question);
      expect(JSON.stringify(swapped)).not.toEqual(JSON.stringify(truth));
      return swapped;
    });
  });
});

/**
 * Asks the true registry for another person with a token that is good for them, and puts the record under the key that
 * the gateway asked for: what a registry with crossed wires would answer.
 */
async function recordOf(registry: string, person: { id: string; username: string }) {
  const key = await new KeyFolder(system.dataFolder).key(`${registry}.caller`);
  return async (question: AskedQuestion): Promise<unknown> => {
    const asked = readToken(question.authorization);
    const [right = ''] = asked.subjects.map(({ id }) => id);
    const body = question.body.toString('utf8').replaceAll(right, person.id);
    const token: CallerToken = {
      ...asked,
      jti: `${asked.jti}.crossed`,
      subjects: asked.subjects.map((grant) => ({ ...grant, id: person.id })),
      ids: { [person.id]: identifiersOf(person.username) },
      bh: bodyHash(body),
    };
    const response = await fetch(`${system.services[registry]}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${signCallerToken(token, key)}` },
      body,
    });
    return JSON.parse((await response.text()).replaceAll(person.id, right)) as unknown;
  };
}

function readToken(authorization: string): CallerToken {
  const [, payload = ''] = authorization.replace('Bearer ', '').split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as CallerToken;
}

function identifiersOf(personalNumber: string): CallerToken['ids'][string] {
  return {
    kind: 'CITIZEN',
    personalNumber,
    cancelledNumbers: [],
    oldIdNumber: null,
    matchName: '',
    dateOfBirth: '',
    passports: [],
  };
}

function bendLeaves(value: unknown, bend: () => unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((part) => bendLeaves(part, bend));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, bendLeaves(part, bend, key)]));
  }
  return ['__typename', 'subject', 'holder'].includes(name) ? value : bend();
}

function bendHolders(value: unknown, bend: () => unknown): unknown {
  if (Array.isArray(value)) return value.map((part) => bendHolders(part, bend));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, key === 'holder' ? bend() : bendHolders(part, bend)]),
  );
}
