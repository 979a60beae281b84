/** Two languages, Vietnamese first. */
export interface Bilingual {
  readonly vi: string;
  readonly en: string;
}

/** A language of the reader's page. */
export type Language = keyof Bilingual;

/** A card that lies on the reader: files by their names, and a chip that answers. */
export interface ReaderCard {
  /** In the order they are read. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly answer: (challenge: Uint8Array) => Uint8Array;
}

/** What can be laid on the reader. */
export interface CardBox {
  /** Whose cards there are to choose from. */
  readonly holders: readonly { readonly id: string; readonly name: string }[];
  /** How many people have been drawn besides; each may be asked for by their place in the row. */
  readonly others: number;
  /** What can be wrong with a card. */
  readonly faults: readonly { readonly id: string; readonly name: Bilingual }[];
  /** The card of a holder, or of a place in the row; null where they have none. Makes it anew each time. */
  readonly open: (holder: string, fault: string | null) => Promise<ReaderCard | null>;
}
