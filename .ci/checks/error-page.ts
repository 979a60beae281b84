/** docs/errors.md and the kit's catalogue say the same, both ways. Pure. */

/** One error code as the catalogue has it. */
export interface CatalogueEntry {
  status: number;
  retryable: boolean;
  fixedBy: string;
}

/** A row of the page: `| CODE | 401 | no | caller | vi | en |`, the code in backticks. */
const row = /^\|\s*`([A-Z_]+)`\s*\|\s*(\d{3})\s*\|\s*(yes|no)\s*\|\s*(\w+)\s*\|\s*(.*?)\s*\|\s*(.*?)\s*\|$/;

/** A sentence for each code that only one side has, and each fact on which the two disagree. */
export function errorPageComplaints(
  page: string,
  catalogue: Readonly<Record<string, CatalogueEntry>>,
): string[] {
  const complaints: string[] = [];
  const documented = new Set<string>();
  for (const line of page.split('\n')) {
    const [, code, status, retry, fixedBy, vietnamese, english] = row.exec(line) ?? [];
    if (code === undefined) continue;
    if (documented.has(code)) complaints.push(`docs/errors.md has ${code} twice.`);
    documented.add(code);
    const entry = catalogue[code];
    if (entry === undefined) {
      complaints.push(`docs/errors.md documents ${code}, which no code throws.`);
      continue;
    }
    const stated = `${status}, retry ${retry}, fixed by ${fixedBy}`;
    const known = `${entry.status}, retry ${entry.retryable ? 'yes' : 'no'}, fixed by ${entry.fixedBy}`;
    if (stated !== known)
      complaints.push(`docs/errors.md says of ${code}: ${stated}; the catalogue: ${known}.`);
    if (vietnamese === '' || english === '')
      complaints.push(`docs/errors.md lacks a meaning of ${code} in a language.`);
  }
  for (const code of Object.keys(catalogue)) {
    if (!documented.has(code))
      complaints.push(`${code} is in the kit's catalogue and not in docs/errors.md.`);
  }
  return complaints;
}
