/** The request that a page's path names, `/share/<handle>`; null where it names none. */
export function handleOf(path: string): string | null {
  return /^\/share\/([\w-]{22,64})\/?$/.exec(path)?.[1] ?? null;
}
