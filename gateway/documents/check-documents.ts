import { AppError } from '@dinhdanh/kit';
import { EngineRefusal } from '../engine/index.ts';
import type { Engine, PreparedOperation } from '../engine/index.ts';
import { placeholders } from './placeholders.ts';
import type { TrustedDocument } from './read-manifest.ts';

/** A trusted document that a supergraph would break: whoever holds its id would be refused from then on. */
export class UnfitDocument extends AppError {
  /** What its developers call it. */
  readonly document: string;

  constructor(document: string, sentence: string) {
    super('BAD_USER_INPUT', {
      reason: 'DOCUMENT_UNFIT',
      internal: `The trusted document ${document} cannot be run on this supergraph: ${sentence}`,
    });
    this.document = document;
  }
}

/**
 * Holds every trusted document to all that a request is held to before it is planned: syntax, schema, limits.
 *
 * @throws UnfitDocument for the first that fails
 */
export function checkDocuments(documents: Iterable<TrustedDocument>, engine: Engine): void {
  for (const document of documents) prepareTrusted(document, engine);
}

/**
 * Prepares a trusted document as if somebody had asked it, with values that mean nothing; null where no value could be
 * made up for a variable, which says nothing against the document.
 *
 * @throws UnfitDocument
 */
export function prepareTrusted({ name, text }: TrustedDocument, engine: Engine): PreparedOperation | null {
  try {
    return engine.prepare({ query: text, variables: placeholders(text, engine.schema) });
  } catch (failure) {
    if (!(failure instanceof EngineRefusal)) throw failure;
    if (failure.sentence === 'variables' || failure.sentence === 'arguments') return null;
    throw new UnfitDocument(name, failure.details[0]?.message ?? failure.sentence);
  }
}
