export { closePayload } from './bytes/close-payload.ts';
export type { ScalarCheck } from './check-leaf.ts';
export { createEngine } from './create-engine.ts';
export {
  EngineRefusal,
  type RefusalCode,
  type RefusalDetail,
  type RefusalLocation,
  type RefusalSentence,
} from './engine-refusal.ts';
export type {
  CompiledOperation,
  Describe,
  Engine,
  EngineOptions,
  EngineStats,
  ErrorToDescribe,
  ExecuteOptions,
  Leaf,
  Payload,
  PreparedOperation,
  RefusedLeaf,
} from './engine-types.ts';
export { defaultLimits, type EngineLimits } from './limits.ts';
export type { ProtectionMode, Rights } from './rights.ts';
export type {
  Attest,
  EntityKey,
  FetchSource,
  LocalSource,
  Released,
  SourceAnswer,
  SourceError,
  SourceRequest,
} from './source.ts';
export type { PayloadError } from './write-run.ts';
