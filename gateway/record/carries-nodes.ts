/**
 * Whether an answer holds a value at any of the paths within a list: a page of changes without changes still says that no
 * more follow. `bytes` are the engine's: an object whose last member, `extensions`, is still open.
 */
export function carriesNodes(bytes: string, paths: readonly (readonly string[])[]): boolean {
  const { data } = JSON.parse(`${bytes}}}`) as { data: unknown };
  return paths.some((path) => holds(data, path, false));
}

function holds(value: unknown, path: readonly string[], inList: boolean): boolean {
  if (value === null || value === undefined) return false;
  if (Array.isArray(value)) return value.some((item) => holds(item, path, true));
  const [key, ...rest] = path;
  if (key === undefined) return inList;
  return typeof value === 'object' && holds((value as Record<string, unknown>)[key], rest, inList);
}
