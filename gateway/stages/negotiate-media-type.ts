const GRAPHQL = 'application/graphql-response+json';
const JSON_TYPE = 'application/json';

/** A media type an answer may be written in. */
export type ResponseMediaType = typeof GRAPHQL | typeof JSON_TYPE;

/** One member of an `Accept` field. */
interface MediaRange {
  readonly range: string;
  readonly quality: number;
}

/**
 * Chooses the media type of an answer from an `Accept` field (RFC 9110 §12.5.1); `undefined` when the client takes
 * neither type, which is a 406. A client that says nothing gets the GraphQL type, as the specification has it since 2025;
 * one that takes anything (fetch, curl) gets plain JSON, as the working group's audits expect.
 */
export function negotiateMediaType(accept: string | undefined): ResponseMediaType | undefined {
  if (accept === undefined) return GRAPHQL;
  if (accept === lastAsked.accept) return lastAsked.type;
  lastAsked = { accept, type: negotiate(accept) };
  return lastAsked.type;
}

/** Stages ask for the same field in a row, and most clients send the same one. */
let lastAsked: { readonly accept: string; readonly type: ResponseMediaType | undefined } = {
  accept: GRAPHQL,
  type: GRAPHQL,
};

function negotiate(accept: string): ResponseMediaType | undefined {
  if (accept.trim() === '') return GRAPHQL;
  const ranges = accept.split(',').flatMap(readRange);
  const graphql = qualityOf(GRAPHQL, ranges);
  const json = qualityOf(JSON_TYPE, ranges);
  if (graphql === 0 && json === 0) return undefined;
  if (graphql !== json) return graphql > json ? GRAPHQL : JSON_TYPE;
  return ranges.some(({ range }) => range === GRAPHQL) ? GRAPHQL : JSON_TYPE;
}

/** The quality the most specific matching range gives a type; 0 means that it is not taken. */
function qualityOf(type: ResponseMediaType, ranges: readonly MediaRange[]): number {
  for (const wanted of [type, 'application/*', '*/*']) {
    const match = ranges.find(({ range }) => range === wanted);
    if (match !== undefined) return match.quality;
  }
  return 0;
}

/** A range in another charset than UTF-8 is one we cannot meet, so it is left out. */
function readRange(member: string): MediaRange[] {
  const [range = '', ...parameters] = member.split(';').map((part) => part.trim().toLowerCase());
  let quality = 1;
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=').map((part) => part.trim().replaceAll('"', ''));
    if (name === 'q') quality = Number(value);
    if (name === 'charset' && value !== 'utf-8') return [];
  }
  return quality >= 0 && quality <= 1 ? [{ range, quality }] : [];
}
