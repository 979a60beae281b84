/** Logs and keys for tests: whole small logs in memory, laid out as they are served. Never used by a service. */
import {
  type AccessLogEntry,
  bundlesOfGrowth,
  encodeEntry,
  encodeEntryBundle,
  formatCheckpoint,
  formatNote,
  Frontier,
  type Hash,
  type HashReader,
  type KeyUse,
  leafHash,
  type Result,
  type SignerKey,
  signerKeyOfSeed,
  signNote,
  TILE_WIDTH,
  tileBytes,
  tilePath,
  tilesOfGrowth,
} from './tlog/index.ts';
import type { AppendEntry } from './append/append-entry.ts';
import type { FacetedEntry } from './append/append-statement.ts';
import { frontierBytes } from './append/head.ts';
import { makePseudonymous, prepareEntry } from './append/prepare-entry.ts';
import { Pseudonyms } from './append/pseudonyms.ts';

export { APPEND_SQL, appendValues } from './append/append-statement.ts';
export { forgetOld } from './append/forget-batches.ts';
export { markOf } from './append/batch-mark.ts';

const testPseudonyms = new Pseudonyms(Buffer.alloc(32));

/** An entry as the writer would send it under a facet, with the edge of a tree that holds it alone. */
export function prepareForTest(
  given: AppendEntry,
  facet: number,
): { frontier: Buffer; rows: FacetedEntry[] } {
  const named = makePseudonymous(given, testPseudonyms, new Date(given.time));
  if ('refused' in named) throw new TypeError(named.refused);
  const entry = prepareEntry(named, []);
  if ('refused' in entry) throw new TypeError(entry.refused);
  const frontier = new Frontier();
  frontier.append(entry.leafHash);
  return { frontier: frontierBytes(frontier), rows: [{ entry, facet }] };
}

export { compareEntries, entriesBeyond } from './reconcile/compare-entries.ts';
export { EntryWatch, type WatchRoom } from './reconcile/watch-entries.ts';
export { Publisher, type PublisherParts } from './publish/publisher.ts';
export type { PublishSettings } from './publish/publish-settings.ts';
export { PublishStore } from './publish/publish-store.ts';
export { readLog } from './publish/read-log.ts';
export { readKnownLog } from './witness/known-log.ts';
export { serveWitness, type WitnessListening } from './witness/witness-server.ts';
export { Witness } from './witness/witness.ts';
export { WitnessStore } from './witness/witness-store.ts';

/** The value, where a test knows that there is one. @throws Error with the fault otherwise */
export function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(result.fault);
  return result.value;
}

/** A key that is the same in every run: from 32 bytes (RFC 8032 §5.1.5). */
export function keyFromSeed(name: string, seed: Uint8Array | number, use: KeyUse = 'note'): SignerKey {
  const bytes = typeof seed === 'number' ? Buffer.alloc(32, seed) : seed;
  return valueOf(signerKeyOfSeed(name, bytes, use));
}

/** A valid entry; what matters to a test is given, the rest is filled in. */
export function sampleEntry(number: number, given: Partial<AccessLogEntry> = {}): AccessLogEntry {
  const digest = Buffer.alloc(32, number % 251);
  digest.writeUInt32BE(number);
  return {
    version: 1,
    time: new Date(Date.UTC(2026, 10, 21) + number * 1000).toISOString(),
    event: 'intent',
    actor: { kind: 'relying_party', id: 'hotel-demo', session: null },
    subjects: [digest.toString('base64url')],
    purpose: 'hotel_check_in',
    legalBasis: '59/2010/QH12 Điều 12',
    consentId: `consent-${number % 7}`,
    caseId: null,
    claims: ['age.over(years:18)', 'identity.basic'],
    sources: ['population'],
    outcome: 'released',
    refusal: null,
    operationHash: null,
    policyVersion: '2026-11-01',
    requestId: `request-${number}`,
    level: 2,
    completes: null,
    delayedDisclosure: false,
    salt: digest.subarray(0, 16).toString('base64url'),
    detailHash: null,
    ...given,
  };
}

/** A log in memory. */
export interface SampleLog {
  readonly entries: readonly Buffer[];
  /** Path below the prefix → bytes. */
  readonly files: Map<string, Uint8Array>;
  readonly root: Hash;
  readonly read: HashReader;
  readonly logKey: SignerKey;
  readonly witnessKeys: readonly SignerKey[];
  /** The signed and cosigned checkpoint, also in `files`. */
  readonly checkpoint: Buffer;
}

/** When the witnesses of sample logs cosign. */
export const SAMPLE_TIME_SECONDS = 1_795_000_000;

/** Lays out a log of entries, signed by a log and two witnesses whose keys are the same in every run. */
export function sampleLog(entries: readonly Buffer[], origin = 'log.example/2026h2'): SampleLog {
  const nodes = new Map<string, Hash>();
  const frontier = new Frontier();
  for (const entry of entries) {
    frontier.append(leafHash(entry), (level, index, hash) => nodes.set(`${level}/${index}`, hash));
  }
  const read: HashReader = (level, index) => nodes.get(`${level}/${index}`);
  const files = new Map<string, Uint8Array>();
  for (const tile of tilesOfGrowth(0, entries.length))
    files.set(tilePath(tile), valueOf(tileBytes(tile, read)));
  for (const tile of bundlesOfGrowth(0, entries.length)) {
    const first = tile.index * TILE_WIDTH;
    files.set(tilePath(tile), valueOf(encodeEntryBundle(entries.slice(first, first + tile.width))));
  }
  const logKey = keyFromSeed(origin, 1);
  const witnessKeys = [2, 3].map((seed) => keyFromSeed(`witness.example/w${seed}`, seed, 'cosignature'));
  const root = frontier.root();
  const text = valueOf(formatCheckpoint({ origin, size: entries.length, root, extensions: [] }));
  const signatures = [
    signNote(text, logKey),
    ...witnessKeys.map((key) => signNote(text, key, SAMPLE_TIME_SECONDS)),
  ];
  const checkpoint = Buffer.from(valueOf(formatNote({ text, signatures })));
  files.set('checkpoint', checkpoint);
  return { entries, files, root, read, logKey, witnessKeys, checkpoint };
}

/** The bytes of so many sample entries. */
export function sampleEntries(count: number): Buffer[] {
  return Array.from({ length: count }, (_, number) => valueOf(encodeEntry(sampleEntry(number))));
}
