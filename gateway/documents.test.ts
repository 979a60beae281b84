import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changesDocuments, documentIdOf } from '@dinhdanh/kit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { documentHash } from './documents/document-hash.ts';
import type { DocumentRule } from './documents/choose-document.ts';
import { sessions, setScene, systemToken } from './fixtures/scene.ts';
import type { Answer, Scene } from './fixtures/scene.ts';

const own = 'query Own { person { fullName } }';
const signIn = 'mutation SignIn($input: SignInInput!) { signIn(input: $input) { expiresAt } }';
const follow = changesDocuments.populationChanges.text;

async function manifestOf(texts: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'documents-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const operations = texts.map((body, at) => ({
    id: documentHash(body),
    name: `Own${at}`,
    type: 'query',
    body,
  }));
  const file = join(folder, 'documents.json');
  await writeFile(
    file,
    JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
  );
  return file;
}

async function sceneOf(documents: DocumentRule): Promise<Scene> {
  const documentFiles = [await manifestOf([own, signIn, follow])];
  return setScene({ documentFiles, settings: { documents } });
}

function refusalOf({ status, errors }: Answer): unknown {
  return [status, errors[0]?.extensions.code, errors[0]?.extensions['reason']];
}

describe.each<DocumentRule>(['any', 'apq', 'trusted'])('with GATEWAY_DOCUMENTS=%s', (rule) => {
  it('a trusted document runs by its id, in every form of one, and is read once', async () => {
    const scene = await sceneOf(rule);
    const id = documentHash(own);
    const persistedQuery = { version: 1, sha256Hash: id };
    const read = scene.gateway.stats.documents;
    for (const body of [
      { documentId: `sha256:${id}` },
      { documentId: id },
      { id },
      { extensions: { persistedQuery } },
      { documentId: id, query: own },
    ]) {
      expect((await scene.send(body)).data).toEqual({ person: { fullName: scene.name } });
    }
    // They were read when the gateway began.
    expect(scene.gateway.stats.documents).toBe(read);
  });

  it('an id beside another text is refused', async () => {
    const scene = await sceneOf(rule);
    const answer = await scene.send({ documentId: documentHash(own), query: '{ me { level } }' });
    expect(refusalOf(answer)).toEqual([400, 'BAD_USER_INPUT', 'DOCUMENT_HASH']);
  });

  it('a service asks as a system by its text and id', async () => {
    const scene = await sceneOf(rule);
    const answer = await scene.send(
      { documentId: documentIdOf(follow), query: follow, variables: { after: null } },
      { session: systemToken() },
    );
    expect(answer.data).toMatchObject({ populationChanges: { nodes: [] } });
  });
});

describe('with GATEWAY_DOCUMENTS=trusted', () => {
  it.each([
    ['an honest query', { query: '{ person { fullName } }' }],
    ['introspection', { query: '{ __schema { types { name } } }' }],
    ['__typename alone', { query: '{ __typename }' }],
    ['what does not even parse', { query: '{{{' }],
    ['a trusted text without its id', { query: own }],
    [
      'a trusted text with one space more, and its id',
      { query: `${own} `, documentId: documentHash(`${own} `) },
    ],
  ])('%s is refused by text, unread, and nobody is asked', async (_, body) => {
    const scene = await sceneOf('trusted');
    const read = scene.gateway.stats.documents;
    for (const session of [sessions.person, sessions.auditor, null, systemToken()]) {
      const answer = await scene.send(body, { session });
      expect(refusalOf(answer)).toEqual([403, 'NOT_PERMITTED', 'DOCUMENT_NOT_TRUSTED']);
    }
    expect(scene.gateway.stats.documents).toBe(read);
    expect(scene.accounts.calls).toEqual([]);
  });

  it('an id that nobody knows is told to be unknown', async () => {
    const scene = await sceneOf('trusted');
    const answer = await scene.send({ documentId: documentHash('{ me { level } }') });
    expect(refusalOf(answer)).toEqual([404, 'NOT_FOUND', 'DOCUMENT_UNKNOWN']);
  });

  it('a bound token that is no relying party’s opens no way past: the text stays unread', async () => {
    const scene = await sceneOf('trusted');
    const read = scene.gateway.stats.documents;
    const headers = { authorization: 'DPoP not-a-token-of-anybody', dpop: 'x' };
    const answer = await scene.send({ query: '{{{' }, { headers });
    expect(answer.status).toBe(401);
    expect(scene.gateway.stats.documents).toBe(read);
  });
});

describe('with GATEWAY_DOCUMENTS=apq', () => {
  const text = '{ me { level } }';
  const persistedQuery = { version: 1, sha256Hash: documentHash(text) };

  it('an unknown hash is answered in the words of the protocol; the text registers it; then the hash is enough', async () => {
    const scene = await sceneOf('apq');
    const unknown = await scene.send({ extensions: { persistedQuery } });
    expect(unknown.status).toBe(200);
    expect(unknown.errors).toEqual([
      { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
    ]);
    const registered = await scene.send({ query: text, extensions: { persistedQuery } });
    expect(registered.data).toEqual({ me: { level: 2 } });
    expect((await scene.send({ extensions: { persistedQuery } })).data).toEqual({ me: { level: 2 } });
    // Whoever asks by it is decided on anew.
    const stranger = await scene.send({ extensions: { persistedQuery } }, { session: null });
    expect(refusalOf(stranger)).toEqual([401, 'UNAUTHENTICATED', undefined]);
  });

  it.each(['{{{', '{ me { nothing } }', `{ ${'me { level } '.repeat(300)} }`])(
    'what is refused before it is planned is not registered: %#',
    async (refused) => {
      const scene = await sceneOf('apq');
      const asked = { persistedQuery: { version: 1, sha256Hash: documentHash(refused) } };
      expect((await scene.send({ query: refused, extensions: asked })).status).toBe(400);
      const again = await scene.send({ extensions: asked });
      expect(again.errors[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    },
  );

  it('without the rule nothing is registered', async () => {
    const scene = await sceneOf('any');
    await scene.send({ query: text, extensions: { persistedQuery } });
    expect(refusalOf(await scene.send({ extensions: { persistedQuery } }))).toEqual([
      404,
      'NOT_FOUND',
      'DOCUMENT_UNKNOWN',
    ]);
  });
});

describe('what is known of documents beforehand', () => {
  it('does not start with one that the schema cannot run', async () => {
    const documentFiles = [await manifestOf([own, 'query Gone { person { shoeSize } }'])];
    await expect(setScene({ documentFiles })).rejects.toThrow(/Own1.*shoeSize/s);
  });

  it('is planned in the background for those who usually ask, so that the first of them waits for no planner', async () => {
    const scene = await sceneOf('any');
    await expect.poll(() => scene.gateway.stats.plans).toBeGreaterThan(2);
    const { plans, planHits } = scene.gateway.stats;
    expect((await scene.send({ documentId: documentHash(own) })).data).toMatchObject({ person: {} });
    expect(scene.gateway.stats).toMatchObject({ plans, planHits: planHits + 1 });
  });

  it('is counted by how it was known', async () => {
    const scene = await sceneOf('any');
    await scene.send({ documentId: documentHash(own) });
    await scene.ask(own);
    const metrics = await (await fetch(`${scene.url}/metrics`)).text();
    expect(metrics).toContain('dinhdanh_documents_total{standing="trusted"} 1');
    expect(metrics).toContain('dinhdanh_documents_total{standing="text"} 1');
  });
});

it('every document of the system’s own manifest can be run on the committed supergraph', async () => {
  const file = new URL('../start/generated/documents.json', import.meta.url).pathname;
  const { operations } = JSON.parse(await readFile(file, 'utf8')) as { operations: readonly object[] };
  const scene = await setScene({ documentFiles: [file], settings: { documents: 'trusted' } });
  expect(operations.length).toBeGreaterThan(70);
  expect(scene.gateway.stats.documents).toBeGreaterThan(70);
});
