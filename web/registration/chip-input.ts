import type { ChipRead } from '../chip/read-chip.ts';
import type { ChipFileName, ChipReadingInput } from '../generated/operations.ts';

/** Files the server takes; a reader may have read others, which stay here. */
const taken = new Set<string>(['COM', 'SOD', 'DG1', 'DG2', 'DG13', 'DG14', 'DG15'] satisfies ChipFileName[]);

/** What was read, as the server takes it: base64 as RFC 4648 section 4 has it. */
export function chipInput({ groups, response }: ChipRead): ChipReadingInput {
  const files = Object.entries(groups).flatMap(([name, content]) =>
    taken.has(name) ? [{ name: name as ChipFileName, content: base64Of(content) }] : [],
  );
  return { files, signature: base64Of(response) };
}

/** Base64 in the alphabet of addresses, as readers have it. */
export function base64UrlOf(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/u, '');
}

function base64Of(base64Url: string): string {
  const text = base64Url.replaceAll('-', '+').replaceAll('_', '/');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}
