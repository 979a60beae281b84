import type { OracleAnswer } from './oracle.ts';

type Path = readonly (string | number)[];

/**
 * Says where an answer is not what the specification demands; empty where it is. Data must be equal, in order. Every
 * null that an error explains must be explained in both, where a null went up by any error below it. An error names a
 * place that really is null there: not the list instead of its item, nor a neighbour.
 */
export function differences(
  ours: OracleAnswer,
  strict: OracleAnswer,
  loose: OracleAnswer,
): readonly string[] {
  const found: string[] = [];
  const [own, wanted] = [JSON.stringify(ours.data), JSON.stringify(strict.data)];
  if (own !== wanted) return [`data: ${own}\ninstead: ${wanted}`];
  const ownNulls = nullsExplained(ours);
  const wantedNulls = nullsExplained(strict);
  for (const place of wantedNulls) if (!ownNulls.has(place)) found.push(`no error for the null at ${place}`);
  for (const place of ownNulls) if (!wantedNulls.has(place)) found.push(`an error for nothing at ${place}`);
  const told = new Set<string>();
  for (const { path } of ours.errors ?? []) {
    const place = JSON.stringify(path);
    if (told.has(place)) found.push(`two errors at ${place}`);
    told.add(place);
    if (!path || !isNullAt(loose.data, path)) found.push(`an error at ${place}, where no value is missing`);
  }
  return found;
}

/** The nulls of an answer that its errors lead to. */
function nullsExplained({ data, errors }: OracleAnswer): ReadonlySet<string> {
  return new Set((errors ?? []).map(({ path }) => JSON.stringify(nullOn(data, path ?? []))));
}

function nullOn(data: unknown, path: Path): Path {
  let value = data;
  for (const [at, segment] of path.entries()) {
    if (value === null || typeof value !== 'object') return path.slice(0, at);
    value = Reflect.get(value, segment);
  }
  return path;
}

function isNullAt(data: unknown, path: Path): boolean {
  let value = data;
  for (const segment of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, segment)) return false;
    value = Reflect.get(value, segment);
  }
  return value === null;
}
