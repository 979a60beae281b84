import type { PublishSettings } from './publish/publish-settings.ts';
import type { ReadingSettings } from './read/config.ts';
import type { ReconcileSettings } from './reconcile/reconcile.ts';

/** What the access log is told besides what every service is: handed over by whoever starts it. */
export interface AccessLogSettings extends ReconcileSettings {
  /** The log's name: the origin of a tree is `<name>/2026h2`. */
  readonly name: string;
  /** Master of the pseudonyms, 32 bytes. */
  readonly pseudonymKey: Buffer;
  /** Wraps the keys of details, 32 bytes. */
  readonly detailKey: Buffer;
  /** Seed of the log's Ed25519 key, 32 bytes (RFC 8032 §5.1.5). */
  readonly signingKey: Buffer;
  /** The key under which the gateway knows this service as a system caller; null asks no registry. */
  readonly systemKey: Buffer | null;
  /** The gateway's origin, once it is known; null as above. */
  readonly gatewayUrl: () => string | null;
  /** Who cosigns: where they are and their public keys (C2SP vkey). */
  readonly witnesses: readonly WitnessAddress[];
  /** How the log is published, and what happens without witnesses. */
  readonly publishing: PublishSettings;
  /** The pause between two rounds in which entries are held against their bytes. */
  readonly compareSeconds: number;
  /** How the log is read and counted. */
  readonly reading: ReadingSettings;
}

/** A witness as the log reaches it. */
export interface WitnessAddress {
  /** `http://host:port`, below which `add-checkpoint` is. */
  readonly url: string;
  /** C2SP vkey of its cosignatures. */
  readonly key: string;
}
