import { getNamedType, isAbstractType, isInterfaceType, isObjectType } from 'graphql';
import type { GraphQLField, GraphQLNamedType, GraphQLSchema } from 'graphql';
import { claimCatalogue } from '@dinhdanh/schema';
import type { BilingualText } from './asked.ts';

/** Parts of a key that say nothing to a reader: the root, and the shape of a list. */
const silent: ReadonlySet<string> = new Set(['person', 'nodes']);

/** How a description says a thing: English first, then Vietnamese up to the next remark. */
const DESCRIPTION = /^(?<en>[^.;]+)[^]*?Vi: (?<vi>[^.]+)\./u;

const claimLabels: ReadonlyMap<string, BilingualText> = new Map(
  claimCatalogue.map(({ id, label }) => [id, { vi: label.vi, en: label.en }]),
);
const claimOrder: ReadonlyMap<string, number> = new Map(claimCatalogue.map(({ id }, index) => [id, index]));

/** A claim in the words of the catalogue. */
export function describeClaim(claim: string): BilingualText {
  return claimLabels.get(claim) ?? { vi: claim, en: claim };
}

/** Where a claim stands on the screen. */
export function placeOfClaim(claim: string): number {
  return claimOrder.get(claim) ?? claimOrder.size;
}

/**
 * A field in words, by its key: as the schema describes it and what it stands in (`Driving licences: Day of issue`). What
 * is derived is told by its claim, with the values it is asked for: `Of age or older (18)`.
 */
export function describeLeaf(key: string, claim: string, schema: GraphQLSchema): BilingualText {
  const [, path = key, values] = /^([^(]+)(?:\((.*)\))?$/su.exec(key) ?? [];
  if (values !== undefined) return withValues(describeClaim(claim), values);
  const words = wordsOf(path.split('.'), schema);
  return words.length === 0 || path.endsWith('.__typename')
    ? describeClaim(claim)
    : { vi: words.map(({ vi }) => vi).join(': '), en: words.map(({ en }) => en).join(': ') };
}

function withValues({ vi, en }: BilingualText, values: string): BilingualText {
  const plain = values.replaceAll(/(^|,)\w+:/gu, '$1 ').trim();
  return { vi: `${vi} (${plain})`, en: `${en} (${plain})` };
}

function wordsOf(names: readonly string[], schema: GraphQLSchema): BilingualText[] {
  let type: GraphQLNamedType | null | undefined = schema.getQueryType();
  const words: BilingualText[] = [];
  for (const name of names) {
    const field = fieldOf(type, name, schema);
    if (field === null) return [];
    const { vi, en } = DESCRIPTION.exec(field.description ?? '')?.groups ?? {};
    if (!silent.has(name) && vi !== undefined && en !== undefined) words.push({ vi, en });
    type = getNamedType(field.type);
  }
  return words;
}

/** A field of a type, or of any of its kinds. */
function fieldOf(
  type: GraphQLNamedType | null | undefined,
  name: string,
  schema: GraphQLSchema,
): GraphQLField<unknown, unknown> | null {
  if (type === null || type === undefined) return null;
  const kinds = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  for (const each of [type, ...kinds]) {
    const field = isObjectType(each) || isInterfaceType(each) ? each.getFields()[name] : undefined;
    if (field !== undefined) return field;
  }
  return null;
}
