/** The door of the verifier: what the tool does, for tests and experiments that want it without a process. */
export { AuthenticTiles, type TreeHead } from './authentic-tiles.ts';
export { checkExport } from './check-export.ts';
export { checkGrowth } from './check-growth.ts';
export { checkInclusion, type InclusionClaim } from './check-inclusion.ts';
export { ServedCalls, type ServedReport } from './check-served.ts';
export {
  type BadRange,
  type Finding,
  type FindingKind,
  SourceUnreadable,
  UsageError,
  VerificationFailure,
} from './findings.ts';
export type { LogSource, SourceOptions } from './log-source.ts';
export { logSource, readBundle, readCheckpoint, readTile } from './read-log.ts';
export { type ProgressSink, recomputeRange } from './recompute-range.ts';
export { type ExitCode, run, type RunWorld } from './run.ts';
export { verifyLog, type VerifyReport, type VerifyRequest } from './verify-log.ts';
