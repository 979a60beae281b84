import { closePayload, createEngine } from '@dinhdanh/gateway/engine';
import type { FetchSource } from '@dinhdanh/gateway/engine';
import { bodyHash, signCallerToken } from '@dinhdanh/kit';
import type { CallerToken } from '@dinhdanh/kit';
import { readSupergraph } from '@dinhdanh/schema';
import { KeyFolder } from '@dinhdanh/start';
import { describe, expect, inject, it } from 'vitest';
import { persona } from '../harness/told-people.ts';
import { partOf, PROFILE, REGISTRIES } from './profile-query.ts';

const system = inject('system');
const caller = persona('level2');
const victim = persona('mismatch');

/**
 * A gateway that is wrong on purpose: whoever the session belongs to, it plans and asks for `asked`. Its tokens are
 * honest, because they come from the session and not from what the engine does; its own check of answers is off.
 */
async function askWrongly(
  asked: string,
): Promise<{ data: unknown; errors: readonly { code: string; source?: string }[] }> {
  const keys = new KeyFolder(system.dataFolder);
  const engine = await createEngine({
    supergraph: readSupergraph(),
    attestationField: 'holder',
    knownCodes: ['NOT_PERMITTED'],
  });
  const fetchSource: FetchSource = async ({ service, step, body }) => {
    const now = Math.floor(Date.now() / 1000);
    const token: CallerToken = {
      iss: 'gateway',
      aud: service,
      iat: now,
      exp: now + 30,
      jti: `${crypto.randomUUID()}.${step}.0`,
      act: { kind: 'person', id: caller.account.subject },
      level: 2,
      subjects: [{ id: caller.account.subject, as: 'self', claims: [] }],
      ids: { [caller.account.subject]: identifiers() },
      claims: [],
      purpose: 'own_data',
      legalBasis: 'test',
      bh: bodyHash(body),
    };
    const key = await keys.key(`${service}.caller`);
    const response = await fetch(`${system.services[service]}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${signCallerToken(token, key)}` },
      body,
    });
    return { ok: true, ...((await response.json()) as { data: unknown; errors?: [] }) };
  };
  const compiled = await engine.plan(engine.prepare({ query: PROFILE }), new Map());
  const payload = await engine.execute(compiled, {
    fetch: fetchSource,
    local: { caller: { person: () => ({ __typename: 'Citizen', subject: asked }) } },
    deadlineAt: Date.now() + 15_000,
    attest: () => true,
    describe: ({ code }) => ({ message: code }),
  });
  const { data } = JSON.parse(closePayload(payload.bytes, '}').toString()) as { data: unknown };
  return { data, errors: payload.errors };
}

function identifiers(): CallerToken['ids'][string] {
  const { fullName: _name, ...ids } =
    caller.account.identifiers ?? expect.unreachable('a person has identifiers');
  return ids;
}

describe('a gateway that asks for another person than the session’s', () => {
  it('is refused by every registry', async () => {
    const { data, errors } = await askWrongly(victim.account.subject);
    for (const registry of REGISTRIES) {
      expect(partOf(data, registry).every((part) => part === null)).toBe(true);
    }
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['NOT_PERMITTED']));
    expect(new Set(errors.map(({ source }) => source))).toEqual(new Set(REGISTRIES));
    expect(JSON.stringify(data)).not.toContain(victim.records.population?.fullName);
  });

  it('and is answered when it asks rightly: the refusal is about the person', async () => {
    const { data, errors } = await askWrongly(caller.account.subject);
    expect(errors).toEqual([]);
    for (const registry of REGISTRIES) expect(partOf(data, registry)).not.toContain(null);
  });
});
