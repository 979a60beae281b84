import { documentHash } from './document-hash.ts';

/** A document that is trusted: known before anybody asks for it. */
export interface TrustedDocument {
  readonly hash: string;
  /** What its developers call it. */
  readonly name: string;
  readonly text: string;
}

/** The trusted documents by their hash. */
export type TrustedDocuments = ReadonlyMap<string, TrustedDocument>;

/** Of nothing that comes from a file. */
export const noDocuments: TrustedDocuments = new Map();

const FORMAT = 'apollo-persisted-query-manifest';

/**
 * Reads manifests of the format that clients of the field agree on: `{format, version: 1, operations: [{id, name, type,
 * body}]}`, an id being the SHA-256 of its body in hex.
 *
 * @throws TypeError for text of another form, or an id that is not the hash of its body: nothing is trusted by its word
 */
export function readManifests(texts: readonly string[]): TrustedDocuments {
  const documents = new Map<string, TrustedDocument>();
  for (const text of texts) {
    const { format, version, operations } = parseManifest(text);
    if (format !== FORMAT || version !== 1 || !Array.isArray(operations)) {
      throw new TypeError(`A manifest of trusted documents is of the format ${FORMAT}, version 1.`);
    }
    for (const operation of operations as readonly unknown[]) {
      const document = readOperation(operation);
      documents.set(document.hash, document);
    }
  }
  return documents;
}

function parseManifest(text: string): { format?: unknown; version?: unknown; operations?: unknown } {
  const manifest: unknown = JSON.parse(text);
  return typeof manifest === 'object' && manifest !== null ? manifest : {};
}

function readOperation(operation: unknown): TrustedDocument {
  const { id, name, body } = (operation ?? {}) as { id?: unknown; name?: unknown; body?: unknown };
  if (typeof id !== 'string' || typeof name !== 'string' || typeof body !== 'string') {
    throw new TypeError('An operation of a manifest has an id, a name and a body.');
  }
  if (documentHash(body) !== id) throw new TypeError(`The id of ${name} is not the SHA-256 of its body.`);
  return { hash: id, name, text: body };
}
