import type { MessageChannel, OutgoingMessage } from './message.ts';

/**
 * What became of a try. `sent`: a carrier has taken it and answers for it; `ids` are what it tells the end by, none where
 * it tells no end. `later`: it may well go another time. `away`: nothing goes at present, be it that the carrier is not
 * there or that it has enough; the message itself is not at fault. `refused`: it will never go.
 */
export type Sent =
  | { readonly outcome: 'sent'; readonly ids: readonly string[] }
  | { readonly outcome: 'later'; readonly reason: string }
  | { readonly outcome: 'away'; readonly reason: string }
  | { readonly outcome: 'refused'; readonly reason: string };

/** What a carrier tells afterwards of a part it has taken. */
export interface Receipt {
  readonly id: string;
  readonly delivered: boolean;
  /** A code, where it was not delivered. */
  readonly reason: string | null;
}

/** How a carrier stands: asked by the metrics and told in the log. */
export interface CarrierState {
  readonly connected: boolean;
  /** A code, where it is not. */
  readonly reason: string | null;
}

/** The port behind which every way out stands. Nothing of a message may be written to a log, its recipient least of all. */
export interface MessageCarrier {
  readonly channel: MessageChannel;
  /** Tries a message once. Never throws: what went wrong is an outcome. */
  readonly send: (message: OutgoingMessage) => Promise<Sent>;
  readonly state: () => CarrierState;
  /** Finishes what is under way, then lets go of everything. */
  readonly close: () => Promise<void>;
}

/** Who is told of receipts; false asks the carrier to tell again later. */
export type TakeReceipt = (receipt: Receipt) => Promise<boolean>;
