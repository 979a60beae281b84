import { createHash } from 'node:crypto';
import { type DocumentNode, Kind, parse, type SelectionSetNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { operationOf } from './api/operation-of.ts';
import * as audit from './generated/audit-operations.ts';
import manifest from './generated/documents.json' with { type: 'json' };
import * as generated from './generated/operations.ts';

/** Ceilings of the gateway on one operation, all counted after every fragment is expanded. */
const ceilings = { tokens: 1000, selections: 500, depth: 12, aliases: 40 };

const operations = manifest.operations.map(({ name, body }) => [name, body] as const);

/** What the pages hold of their operations. */
const documents = [...Object.entries(generated), ...Object.entries(audit)].filter(([name]) =>
  name.endsWith('Document'),
);

/** Fields, aliases and depth of an operation, fragments expanded where they stand. */
function measure(document: DocumentNode): { selections: number; aliases: number; depth: number } {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node.selectionSet] as const] : [],
    ),
  );
  const total = { selections: 0, aliases: 0, depth: 0 };
  const walk = (set: SelectionSetNode | undefined, depth: number): void => {
    for (const node of set?.selections ?? []) {
      if (node.kind === Kind.FRAGMENT_SPREAD) walk(fragments.get(node.name.value), depth);
      else if (node.kind === Kind.INLINE_FRAGMENT) walk(node.selectionSet, depth);
      else {
        total.selections += 1;
        total.aliases += node.alias === undefined ? 0 : 1;
        total.depth = Math.max(total.depth, depth);
        walk(node.selectionSet, depth + 1);
      }
    }
  };
  for (const node of document.definitions) {
    if (node.kind === Kind.OPERATION_DEFINITION) walk(node.selectionSet, 1);
  }
  return total;
}

describe('the operations of the screens', () => {
  it('are there: sections, histories, account, wallet, requests to share, consents and passkeys', () => {
    expect(operations.length).toBeGreaterThan(55);
    const names = operations.map(([name]) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        ...['ClaimShare', 'SharedRequest', 'DecideShare'],
        ...['MyConsents', 'MyConsent', 'RevokeConsent', 'ConfirmPasskey', 'AuditProof'],
      ]),
    );
  });

  it.each(operations)('%s keeps well below what the gateway takes', (_name, body) => {
    const document = parse(body, { maxTokens: ceilings.tokens * 0.9 });
    const { selections, aliases, depth } = measure(document);
    expect(selections).toBeLessThan(ceilings.selections * 0.9);
    expect(aliases).toBeLessThan(ceilings.aliases * 0.9);
    expect(depth).toBeLessThan(ceilings.depth);
  });

  it('each is in the manifest under the hash of its text, by its name and kind, as the only operation of it', () => {
    for (const { id, name, type, body } of manifest.operations) {
      expect(id).toBe(createHash('sha256').update(body).digest('hex'));
      const nodes = parse(body).definitions.flatMap((node) =>
        node.kind === Kind.OPERATION_DEFINITION ? [{ name: node.name?.value, type: node.operation }] : [],
      );
      expect(nodes).toEqual([{ name, type }]);
    }
  });

  it('the pages hold ids of the manifest and no text', () => {
    const ids = new Map(manifest.operations.map(({ id, name }) => [`sha256:${id}`, name]));
    expect(documents.length).toBeGreaterThan(55);
    for (const [, document] of documents) {
      const { documentId = '', definitions } = document as {
        documentId?: string;
        definitions: readonly object[];
      };
      expect(definitions).toEqual([]);
      expect(ids.get(documentId)).toBe(operationOf(document as object));
    }
  });
});
