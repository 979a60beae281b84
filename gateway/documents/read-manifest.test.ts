import { expect, it } from 'vitest';
import { documentHash } from './document-hash.ts';
import { readManifests } from './read-manifest.ts';

const body = '{ me { level } }';
const operation = { id: documentHash(body), name: 'Level', type: 'query', body };

function manifest(change: object = {}, operations: readonly unknown[] = [operation]): string {
  return JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations, ...change });
}

it('documents of all manifests are known by the hash of their text', () => {
  const other = { ...operation, id: documentHash('{ x }'), body: '{ x }' };
  const documents = readManifests([manifest(), manifest({}, [other, operation])]);
  expect([...documents.keys()]).toEqual([operation.id, other.id]);
  expect(documents.get(operation.id)).toEqual({ hash: operation.id, name: 'Level', text: body });
});

it('the example of the appendix on persisted documents has the id that stands there', () => {
  const text = 'query ($id: ID!) {\n  user(id: $id) {\n    name\n  }\n}';
  expect(documentHash(text)).toBe('7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e');
});

it.each([
  ['no JSON', '{'],
  ['another format', manifest({ format: 'relay' })],
  ['another version', manifest({ version: 2 })],
  ['no list', manifest({ operations: {} })],
  ['an id that is not the hash of its text', manifest({}, [{ ...operation, body: `${body} ` }])],
  ['an operation without a name', manifest({}, [{ ...operation, name: undefined }])],
  ['null for an operation', manifest({}, [null])],
])('a manifest with %s is none', (_, text) => {
  expect(() => readManifests([text])).toThrow();
});
