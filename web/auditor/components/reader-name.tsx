import type { ActorKind } from '../../generated/audit-operations.ts';
import { shortId } from '../format-count.ts';
import type { ConsoleTexts } from '../texts/console-texts.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';

/** Who read, as far as the log says it. */
export interface NamedReader {
  readonly kind: ActorKind;
  readonly name: string | null;
  readonly id: string | null;
}

/** A reader in one line of text. */
export function readerText({ name, id, kind }: NamedReader, { readers, codes }: ConsoleTexts): string {
  if (name !== null && name !== '') return name;
  return id === null ? codes.actor[kind] : readers.unnamed(shortId(id));
}

/** A reader with their kind. */
export function ReaderName({ reader }: { readonly reader: NamedReader }) {
  const texts = useConsoleTexts();
  const text = readerText(reader, texts);
  const kind = texts.codes.actor[reader.kind];
  return (
    <span className="reader-name">
      <span className={`kind-mark kind-${reader.kind.toLowerCase()}`} aria-hidden="true" />
      <span>
        <strong title={reader.id ?? undefined}>{text}</strong>
        {text !== kind && <span className="hint line">{kind}</span>}
      </span>
    </span>
  );
}
