import { claimCatalogue } from '@dinhdanh/schema';
import type { Ask, AskedLeaf } from '@dinhdanh/schema';
import type { Asked, ShareItem } from '../consent/asked.ts';
import type { CataloguePurpose } from '../parties/purposes.ts';
import type { DetailsProblem, ShareDetails } from './read-details.ts';

const catalogue = new Map(claimCatalogue.map((entry, place) => [entry.id, { ...entry, place }]));

/**
 * Composes what a person is asked: a claim an item where claims were asked for, else a field an item, in the order of the
 * catalogue. Fields that are open inside a record go with the record's first item.
 */
export function composeAsked(
  ask: Ask,
  details: ShareDetails,
  purpose: CataloguePurpose,
): Asked | DetailsProblem {
  const byClaim = 'claims' in details.source;
  const claimed = ask.leaves.filter(({ claim }) => claim !== null);
  const groups = Map.groupBy(claimed, ({ key, claim }) => (byClaim ? (claim ?? key) : key));
  const voluntary = new Set<string>();
  for (const word of details.voluntary) {
    const meant = [...groups].filter(([id, leaves]) => isMeant(word, id, leaves));
    if (meant.length === 0) return { problem: 'voluntary names something that is not asked for' };
    for (const [id] of meant) voluntary.add(id);
  }
  const items = [...groups]
    .map(([id, leaves]) => itemOf(id, leaves, voluntary.has(id)))
    .toSorted((one, other) => placeOf(one) - placeOf(other));
  return {
    document: ask.document,
    hash: ask.hash,
    items,
    purposeText: details.purpose.text,
    retentionDays: details.retentionDays,
    fetch: details.fetch,
    frequency: details.frequency,
    validUntil: details.validUntil?.toISOString() ?? null,
    refusalMeans: purpose.refusalMeans,
  };
}

/** A field may be named without its arguments, an item by its claim. */
function isMeant(word: string, id: string, leaves: readonly AskedLeaf[]): boolean {
  return word === id || leaves.some(({ key, claim }) => word === claim || word === key.replace(/\([^()]*\)$/, ''));
}

function itemOf(id: string, leaves: readonly AskedLeaf[], voluntary: boolean): ShareItem {
  const claim = leaves[0]?.claim ?? id;
  return {
    id,
    claim,
    fields: leaves.map(({ key }) => key),
    label: catalogue.get(claim)?.label ?? { vi: claim, en: claim },
    voluntary,
    sensitive: leaves.some((leaf) => leaf.class === 'SENSITIVE'),
    separateTick: leaves.some(({ share }) => share === 'SEPARATE_TICK'),
  };
}

function placeOf({ claim }: ShareItem): number {
  return catalogue.get(claim)?.place ?? catalogue.size;
}
