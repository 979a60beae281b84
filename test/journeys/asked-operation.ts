import { readFileSync } from 'node:fs';
import { ownDocuments } from '@dinhdanh/start';

const { operations } = JSON.parse(readFileSync(ownDocuments, 'utf8')) as {
  readonly operations: readonly { readonly id: string; readonly name: string }[];
};
const names = new Map(operations.map(({ id, name }) => [`sha256:${id}`, name]));

/** The name of the operation that a page sends: pages send ids, and the manifest says whose. */
export function askedOperation(body: string | null): string {
  const { documentId = '' } = JSON.parse(body ?? '{}') as { readonly documentId?: string };
  return names.get(documentId) ?? '';
}
