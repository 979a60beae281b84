/** docs/config.md names every variable of the environment that a config.ts reads, and no other. Pure. */

/** `environment['NAME']`, as every config.ts reads it; names put together from a service's are described as a pattern. */
const reading = /(?<=(?:environment|env)\[')[A-Z0-9_]+(?='\])/g;
const variable = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g;

/**
 * A sentence for each variable that only one side has.
 * @param sources path → text of every config.ts
 */
export function configPageComplaints(page: string, sources: ReadonlyMap<string, string>): string[] {
  const read = new Map<string, string>();
  for (const [path, text] of sources) {
    for (const [name] of text.matchAll(reading)) read.set(name, path);
  }
  const documented = new Set<string>();
  for (const [, cell = ''] of page.matchAll(/^\|\s*`([^`]+)`/gm)) {
    for (const [name] of cell.matchAll(variable)) documented.add(name);
  }
  const unsaid = [...read].filter(([name]) => !documented.has(name));
  const ghosts = [...documented].filter((name) => !read.has(name));
  return [
    ...unsaid.map(([name, path]) => `${name}, which ${path} reads, is not in docs/config.md.`),
    ...ghosts.map((name) => `docs/config.md documents ${name}, which no config.ts reads.`),
  ];
}
