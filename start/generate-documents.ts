/**
 * `npm run generate` in start/: the manifest of trusted documents that the gateway is started with, of the operations of
 * the screens and of what our own services ask. The format is the one that clients of the field agree on.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documentIdOf, systemDocuments } from '@dinhdanh/kit';
import { ownDocuments } from './own-documents.ts';

interface Manifest {
  readonly operations: readonly { readonly name: string }[];
}

const screens = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'web', 'generated', 'documents.json'), 'utf8'),
) as Manifest;
const operations = [
  ...screens.operations,
  ...systemDocuments.map(({ name, text }) => ({
    id: documentIdOf(text).replace('sha256:', ''),
    name,
    type: 'query',
    body: text,
  })),
].toSorted((one, other) => (one.name < other.name ? -1 : 1));
mkdirSync(dirname(ownDocuments), { recursive: true });
writeFileSync(
  ownDocuments,
  `${JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }, null, 2)}\n`,
);
process.stdout.write(`trusted documents: ${operations.length} operations → start/generated/documents.json\n`);
