import { describe, expect, it } from 'vitest';
import { accessDirectives } from './claim-directives.ts';
import { claimCatalogue, claimGroups, kindClaims } from './claims.ts';
import { declaredTypes } from './checks/subgraph.ts';
import { subgraphNames } from './service-names.ts';
import { readSubgraph } from './subgraph-files.ts';

const used = new Map(
  subgraphNames
    .flatMap((name) => declaredTypes({ name, document: readSubgraph(name) }))
    .flatMap((type) => [type.directives, ...type.fields.map(({ node }) => node.directives)])
    .flatMap((directives) => accessDirectives(directives))
    .filter((access) => access.kind === 'claim')
    .map((claim) => [claim.id, claim]),
);

describe('the claims catalogue', () => {
  it('explains every claim of the schema and no other, each once', () => {
    expect(claimCatalogue.map(({ id }) => id).toSorted()).toEqual([...used.keys()].toSorted());
  });

  it('tells the legal class and the way of sharing that the schema tells', () => {
    for (const { id, class: legalClass, share } of claimCatalogue) {
      expect({ id, class: legalClass, share }).toEqual({
        id,
        class: used.get(id)?.class,
        share: used.get(id)?.share,
      });
    }
  });

  it('speaks in both languages, in one sentence of explanation', () => {
    for (const { id, label, explanation } of claimCatalogue) {
      for (const language of ['vi', 'en'] as const) {
        expect(label[language], id).toMatch(/^\p{Lu}[^.]*[^.\s]$/u);
        expect(explanation[language], id).toMatch(/^\p{Lu}[^.]*\.$/u);
        expect(explanation[language].normalize('NFC'), id).toBe(explanation[language]);
      }
    }
  });

  it('puts every claim in a group of the screen, the claims of a group together', () => {
    const groups = claimGroups.map(({ id }) => id);
    const order = claimCatalogue.map(({ group }) => groups.indexOf(group));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(order)).toEqual(new Set(groups.keys()));
  });

  it('says of what is sensitive in the sharing of relying parties that it needs a thought', () => {
    for (const { id, class: legalClass, share } of claimCatalogue) {
      if (id.startsWith('sensitive.'))
        expect({ legalClass, share }).toEqual({ legalClass: 'SENSITIVE', share: 'SEPARATE_TICK' });
    }
  });

  it('names the claims that the kinds of persons and documents carry', () => {
    const kinds = subgraphNames
      .flatMap((name) => declaredTypes({ name, document: readSubgraph(name) }))
      .filter(({ kind }) => kind !== 'object');
    for (const { name, directives } of kinds) {
      expect([name, accessDirectives(directives)[0]]).toEqual([
        name,
        expect.objectContaining({ id: kindClaims[name as keyof typeof kindClaims] }),
      ]);
    }
  });
});
