/** The verification: read this first. Each step is a promise of the log; the first that is broken ends it. */
import {
  type Checkpoint,
  type CheckpointPolicy,
  type Hash,
  openCheckpoint,
  type OpenedCheckpoint,
  parseTlogProof,
  verifyTlogProof,
} from '../tlog/index.ts';
import { AuthenticTiles } from './authentic-tiles.ts';
import { checkGrowth } from './check-growth.ts';
import { checkInclusion, type InclusionClaim } from './check-inclusion.ts';
import type { Period, ServedCalls, ServedReport } from './check-served.ts';
import { at, UsageError, VerificationFailure } from './findings.ts';
import type { LogSource } from './log-source.ts';
import { narrowFinding } from './narrow-finding.ts';
import { readCheckpoint } from './read-log.ts';
import { type ProgressSink, recomputeRange } from './recompute-range.ts';

/** What is to be verified, with everything read that does not come from the log. */
export interface VerifyRequest {
  /** The keys that are trusted: the only thing that is. */
  readonly policy: CheckpointPolicy;
  /** Null where a proof to take along is all there is. */
  readonly log: LogSource | null;
  /** The signed checkpoint of the last time; null the first time. */
  readonly lastSeen: Uint8Array | null;
  /** A copy of the log as it was then. */
  readonly baseline: LogSource | null;
  /** A `.tlog-proof` file and the leaf it is to prove. */
  readonly proof: { readonly bytes: Uint8Array; readonly leaf: Hash; readonly where: string } | null;
  readonly claims: readonly InclusionClaim[];
  /** Entries to compute anew, `end` null for all there are. */
  readonly range: { readonly begin: number; readonly end: number | null } | null;
  /** What registries say they have served, to be held against the entries of the range. */
  readonly served: ServedCalls | null;
}

/** What was verified. */
export interface VerifyReport {
  /** The log's checkpoint, or the proof's where no log was read. */
  readonly opened: OpenedCheckpoint;
  /** What to keep as the last seen checkpoint: the log's, as it came; null where no log was read. */
  readonly checkpoint: Uint8Array | null;
  /** The size of the last seen tree; null where none was known. */
  readonly grewFrom: number | null;
  readonly provedIndex: number | null;
  readonly included: number;
  readonly recomputed: number;
  /** Null where no served calls were given. */
  readonly served: ServedReport | null;
}

/**
 * Verifies a log, a proof, receipts.
 * @throws VerificationFailure at the first thing that does not hold; SourceUnreadable; UsageError
 */
export async function verifyLog(request: VerifyRequest, progress: ProgressSink): Promise<VerifyReport> {
  const proved = request.proof === null ? null : checkProof(request.proof, request.policy);
  const { log, policy } = request;
  if (log === null) {
    if (proved === null) throw new UsageError('--log');
    return { ...proved, checkpoint: null, grewFrom: null, included: 0, recomputed: 0, served: null };
  }
  const checkpoint = await readCheckpoint(log);
  if (checkpoint === null) throw new VerificationFailure('checkpoint-missing', { where: 'checkpoint' });
  const opened = openCheckpoint(checkpoint, policy);
  if (!opened.ok)
    throw new VerificationFailure('checkpoint-refused', { fault: opened.fault, where: 'checkpoint' });
  const head = opened.value.checkpoint;
  const older = request.lastSeen === null ? null : openOlder(request.lastSeen, policy);
  let recomputed = 0;
  try {
    recomputed = await checkTree(request, log, head, [older, proved?.opened ?? null], progress);
  } catch (error) {
    const { baseline } = request;
    if (!(error instanceof VerificationFailure) || baseline === null || older === null) throw error;
    throw await narrowFinding(error, { log, head, baseline, older: older.checkpoint });
  }
  return {
    opened: opened.value,
    checkpoint,
    grewFrom: older?.checkpoint.size ?? null,
    provedIndex: proved?.provedIndex ?? null,
    included: request.claims.length,
    recomputed,
    served: request.served?.judge(judgedPeriod(request, opened.value)) ?? null,
  };
}

/** A call is logged a little later than it was served, and a checkpoint signed a little later than that. */
const SETTLING_MS = 60_000;

/**
 * Between when a call without an entry is one: over the time of the entries, and where they are all there are, over that
 * of the log: from the beginning of its half-year to shortly before the last cosignature.
 */
function judgedPeriod({ range }: VerifyRequest, { cosignatures, checkpoint }: OpenedCheckpoint): Period {
  const { origin, size } = checkpoint;
  const half = halfYear(origin);
  const reachesBack = range?.begin === 0;
  const reachesEnd = range !== null && (range.end === null || range.end === size);
  const cosignedMs = cosignatures.map(({ timeSeconds }) => timeSeconds * 1000);
  return {
    fromMs: reachesBack && half !== null ? half.fromMs + SETTLING_MS : null,
    untilMs:
      reachesEnd && cosignedMs.length > 0
        ? Math.min(Math.max(...cosignedMs), half?.untilMs ?? Number.POSITIVE_INFINITY) - SETTLING_MS
        : null,
  };
}

/** The time of a log that is named after its half-year, `<name>/2026h2`. */
function halfYear(origin: string): { fromMs: number; untilMs: number } | null {
  const [, year, half] = /\/(\d{4})h([12])$/.exec(origin) ?? [];
  if (year === undefined) return null;
  const month = half === '1' ? 0 : 6;
  return { fromMs: Date.UTC(Number(year), month), untilMs: Date.UTC(Number(year), month + 6) };
}

/** Everything below the signed root. Returns how many entries were computed anew. */
async function checkTree(
  request: VerifyRequest,
  log: LogSource,
  head: Checkpoint,
  [older, proved]: readonly [OpenedCheckpoint | null, OpenedCheckpoint | null],
  progress: ProgressSink,
): Promise<number> {
  const tiles = await AuthenticTiles.open(log, head);
  if (older !== null) await checkGrowth(tiles, older.checkpoint, request.baseline);
  // A proof names a tree of its own: one that is smaller must be this log's past. A larger one is its future, of
  // which a copy from before cannot know.
  if (proved !== null && proved.checkpoint.size <= head.size)
    await checkGrowth(tiles, proved.checkpoint, null);
  for (const claim of request.claims) await checkInclusion(tiles, claim, head.origin);
  return recompute(request, log, tiles, progress);
}

function checkProof(
  { bytes, leaf, where }: NonNullable<VerifyRequest['proof']>,
  policy: CheckpointPolicy,
): { opened: OpenedCheckpoint; provedIndex: number } {
  const proof = parseTlogProof(bytes);
  if (!proof.ok) throw new VerificationFailure('proof-refused', { fault: proof.fault, where });
  const opened = verifyTlogProof(proof.value, leaf, policy);
  if (opened.ok) return { opened: opened.value, provedIndex: proof.value.index };
  throw new VerificationFailure('proof-refused', { fault: opened.fault, where, bad: at(proof.value.index) });
}

/** Witnesses come and go and their times are of then: of what we kept ourselves, the log's signature is enough. */
function openOlder(bytes: Uint8Array, policy: CheckpointPolicy): OpenedCheckpoint {
  const opened = openCheckpoint(bytes, { ...policy, witnessKeys: [], quorum: 0, nowSeconds: null });
  if (!opened.ok) throw new UsageError(`--last-seen: ${opened.fault}`);
  return opened.value;
}

async function recompute(
  { range, served }: VerifyRequest,
  log: LogSource,
  tiles: AuthenticTiles,
  progress: ProgressSink,
): Promise<number> {
  if (range === null) return 0;
  const { size } = tiles.head;
  const end = range.end ?? size;
  if (range.begin > end || end > size) throw new UsageError(`--range: 0-${size}`);
  await recomputeRange(log, tiles, range.begin, end, progress, (entry) => served?.take(entry));
  return end - range.begin;
}
