import { readSupergraph } from '@dinhdanh/schema';
import { describe, expect, test } from 'vitest';
import { sessions, setScene } from './fixtures/scene.ts';

const query = '{ person { fullName dateOfBirth } me { level } }';
const specs = 'https://specs.apollo.dev';

/** The shipped supergraph with more features linked, and directives on every field of a name. */
function guard(links: string, directives: Readonly<Record<string, string>>): string {
  let sdl = readSupergraph().replace('schema @link', `schema ${links} @link`);
  for (const [field, directive] of Object.entries(directives)) {
    sdl = sdl.replaceAll(new RegExp(`^  ${field}: [\\w!]+`, 'gmu'), `$& ${directive}`);
  }
  return sdl;
}

const links = `@link(url: "${specs}/requiresScopes/v0.1", for: SECURITY) @link(url: "${specs}/policy/v0.1", for: SECURITY)`;
const supergraph = guard(links, {
  fullName: '@requiresScopes(scopes: [["level:2"]])',
  dateOfBirth: '@policy(policies: [["nobody-decides-this"]])',
});

const codes = (errors: readonly { path?: unknown[]; extensions: { code: string } }[]): unknown =>
  errors.map(({ path, extensions }) => [(path ?? []).join('.'), extensions.code]);

describe('what the supergraph itself protects, over HTTP', () => {
  test('a scope the caller holds opens, a policy nobody decides stays closed', async () => {
    const scene = await setScene({ supergraph });
    const answer = await scene.ask(query);
    expect(answer.data).toMatchObject({ person: { fullName: scene.name, dateOfBirth: null } });
    expect(codes(answer.errors)).toEqual([['person.dateOfBirth', 'NOT_PERMITTED']]);
  });

  test('policy’s own word goes before: a stranger is told to sign in', async () => {
    const scene = await setScene({ supergraph });
    const answer = await scene.ask(query, { session: null });
    expect([answer.status, codes(answer.errors)]).toEqual([401, [['', 'UNAUTHENTICATED']]]);
  });

  test('reject refuses the whole operation with a status of its own, and asks no registry', async () => {
    const scene = await setScene({ supergraph, settings: { protections: 'reject' } });
    const answer = await scene.ask(query);
    expect([answer.status, codes(answer.errors)]).toEqual([403, [['', 'NOT_PERMITTED']]]);
    expect(answer.errors[0]?.extensions).toMatchObject({ reason: 'PROTECTED' });
    expect(scene.population.calls).toEqual([]);
    expect((await scene.ask('{ person { fullName } }')).errors).toEqual([]);
  });

  test('a supergraph with a security feature nobody here knows is not served', async () => {
    const unknown = guard(`@link(url: "${specs}/context/v0.1", for: SECURITY)`, {});
    await expect(setScene({ supergraph: unknown })).rejects.toThrow(/does not enforce/u);
  });
});

test('that a record is there is told to nobody who may not read it, though nothing of it is selected', async () => {
  const scene = await setScene();
  const answer = await scene.ask('{ person { vehicles { __typename @skip(if: true) } } }', {
    session: sessions.auditor,
  });
  expect(answer.data).toEqual({ person: null });
  expect(codes(answer.errors)).toEqual([['person', 'NOT_PERMITTED']]);
});
