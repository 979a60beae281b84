/** Documents that clients have registered themselves, for development: forgotten with the process, the oldest first. */
export interface AutomaticDocuments {
  readonly textOf: (hash: string) => string | null;
  /** Keeps a document that has passed every check. Its hash is the caller's to have verified. */
  readonly keep: (hash: string, text: string) => void;
}

/** How much is kept: whoever can ask can register, so nothing of it may grow with them. */
export interface AutomaticBounds {
  readonly documents: number;
  /** UTF-16 units of all texts together. */
  readonly characters: number;
}

const bounds: AutomaticBounds = { documents: 500, characters: 2_000_000 };

/** Opens an empty store. */
export function keepAutomaticDocuments(most: AutomaticBounds = bounds): AutomaticDocuments {
  const texts = new Map<string, string>();
  let characters = 0;
  const drop = (hash: string): void => {
    characters -= texts.get(hash)?.length ?? 0;
    texts.delete(hash);
  };
  return {
    textOf: (hash) => {
      const text = texts.get(hash);
      if (text === undefined) return null;
      texts.delete(hash);
      texts.set(hash, text);
      return text;
    },
    keep: (hash, text) => {
      drop(hash);
      texts.set(hash, text);
      characters += text.length;
      for (const oldest of texts.keys()) {
        if (texts.size <= most.documents && characters <= most.characters) return;
        drop(oldest);
      }
    },
  };
}
