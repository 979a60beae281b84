import { type DocumentNode, Kind, parse, print, type SelectionSetNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as audit from './generated/audit-operations.ts';
import * as generated from './generated/operations.ts';

/** Ceilings of the gateway on one operation, all counted after every fragment is expanded. */
const ceilings = { tokens: 1000, selections: 500, depth: 12, aliases: 40 };

const operations = Object.entries({ ...generated, ...audit })
  .filter(([name]) => name.endsWith('Document'))
  .map(([name, document]) => [name, document as DocumentNode] as const);

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
        ...['ClaimShareDocument', 'SharedRequestDocument', 'DecideShareDocument'],
        ...['MyConsentsDocument', 'MyConsentDocument', 'RevokeConsentDocument', 'ConfirmPasskeyDocument'],
      ]),
    );
  });

  it.each(operations)('%s keeps well below what the gateway takes', (_name, document) => {
    expect(() => parse(print(document), { maxTokens: ceilings.tokens * 0.9 })).not.toThrow();
    const { selections, aliases, depth } = measure(document);
    expect(selections).toBeLessThan(ceilings.selections * 0.9);
    expect(aliases).toBeLessThan(ceilings.aliases * 0.9);
    expect(depth).toBeLessThan(ceilings.depth);
  });

  it('each operation is named, so that the log of the gateway and the manifest can name it', () => {
    for (const [, document] of operations) {
      const [operation] = document.definitions;
      expect(operation?.kind === Kind.OPERATION_DEFINITION && operation.name?.value).toBeTruthy();
    }
  });
});
