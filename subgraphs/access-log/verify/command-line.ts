/** The command line, made into a request. */
import { parseArgs } from 'node:util';
import {
  type CheckpointPolicy,
  type Hash,
  leafHash,
  parseDecimal,
  parseHash,
  parseVerifierKey,
  type Result,
} from '../tlog/index.ts';
import { ServedCalls } from './check-served.ts';
import { UsageError } from './findings.ts';
import type { SourceOptions } from './log-source.ts';
import { readClaims } from './read-claims.ts';
import { logSource } from './read-log.ts';
import type { VerifyRequest } from './verify-log.ts';

const options = {
  log: { type: 'string' },
  'log-key': { type: 'string', multiple: true },
  origin: { type: 'string' },
  'witness-key': { type: 'string', multiple: true },
  quorum: { type: 'string' },
  'last-seen': { type: 'string' },
  baseline: { type: 'string' },
  range: { type: 'string' },
  receipt: { type: 'string', multiple: true },
  entry: { type: 'string' },
  index: { type: 'string' },
  proof: { type: 'string' },
  'leaf-hash': { type: 'string' },
  against: { type: 'string', multiple: true },
  export: { type: 'string' },
  'token-file': { type: 'string' },
  timeout: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** How the tool was called. */
export type Options = ReturnType<typeof parseOptions>;

/** Reads a file: null where there is none. @throws SourceUnreadable */
export type FileReader = (path: string) => Promise<Uint8Array | null>;

/** Takes the arguments apart. @throws UsageError for one that is not known */
export function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'arguments');
  }
}

/** Reads all that the options name but the log itself. @throws UsageError with the option that is wrong */
export async function readRequest(
  values: Options,
  readFile: FileReader,
  nowSeconds: number,
): Promise<VerifyRequest> {
  const need = async (path: string, option: string): Promise<Uint8Array> => {
    const bytes = await readFile(path);
    if (bytes === null) throw new UsageError(`${option}: ${path}`);
    return bytes;
  };
  const token = values['token-file'] === undefined ? null : await need(values['token-file'], '--token-file');
  const access: SourceOptions = {
    token: token === null ? null : Buffer.from(token).toString().trim(),
    timeoutMs: 1000 * number(values.timeout ?? '30', '--timeout'),
  };
  const entry = values.entry === undefined ? null : await need(values.entry, '--entry');
  const leaf = leafIn(entry, values['leaf-hash']);
  const claims = (values.receipt ?? []).map(async (path) =>
    readClaims(Buffer.from(await need(path, '--receipt')).toString(), path),
  );
  const proof = values.proof === undefined ? null : await need(values.proof, '--proof');
  if (proof !== null && leaf === null) throw new UsageError('--proof: --entry, --leaf-hash');
  const ofIndex = claimOfIndex(values, leaf);
  const against = values.against ?? [];
  if (against.length > 0 && values.log === undefined) throw new UsageError('--against: --log');
  const [policy] = readPolicies(values, nowSeconds);
  return {
    policy,
    log: values.log === undefined ? null : logSource(values.log, access),
    lastSeen: values['last-seen'] === undefined ? null : await readFile(values['last-seen']),
    baseline: values.baseline === undefined ? null : logSource(values.baseline, access),
    proof: proof === null || leaf === null ? null : { bytes: proof, leaf, where: values.proof ?? '' },
    claims: [...(await Promise.all(claims)).flat(), ...ofIndex],
    range: rangeOf(values.range ?? (against.length > 0 ? 'all' : undefined)),
    served: against.length > 0 ? await ServedCalls.read(against) : null,
  };
}

/** Whom the caller trusts: a policy for each log key, the first for the log itself. @throws UsageError */
export function readPolicies(values: Options, nowSeconds: number): [CheckpointPolicy, ...CheckpointPolicy[]] {
  const witnessKeys = (values['witness-key'] ?? []).map((text) =>
    orUsage(parseVerifierKey(text), '--witness-key'),
  );
  const quorum = values.quorum === undefined ? witnessKeys.length : number(values.quorum, '--quorum');
  const [first = '', ...others] = values['log-key'] ?? [];
  const logKey = orUsage(parseVerifierKey(first), '--log-key');
  const rest = { witnessKeys, quorum, nowSeconds };
  return [
    { origin: values.origin ?? logKey.name, logKey, ...rest },
    ...others.map((text) => {
      const key = orUsage(parseVerifierKey(text), '--log-key');
      return { origin: key.name, logKey: key, ...rest };
    }),
  ];
}

function leafIn(entry: Uint8Array | null, hash: string | undefined): Hash | null {
  if (entry !== null && hash !== undefined) throw new UsageError('--entry, --leaf-hash');
  if (entry !== null) return leafHash(entry);
  return hash === undefined ? null : orUsage(parseHash(hash), '--leaf-hash');
}

/** `--index N` with `--entry` or `--leaf-hash`. */
function claimOfIndex(values: Options, leaf: Hash | null): VerifyRequest['claims'] {
  if (values.index === undefined) {
    if (leaf !== null && values.proof === undefined) throw new UsageError('--entry: --index, --proof');
    return [];
  }
  if (leaf === null) throw new UsageError('--index: --entry, --leaf-hash');
  const where = values.entry ?? '--leaf-hash';
  return [{ index: number(values.index, '--index'), leaf, origin: null, where }];
}

function rangeOf(text: string | undefined): VerifyRequest['range'] {
  if (text === undefined) return null;
  if (text === 'all') return { begin: 0, end: null };
  const [begin, end, more] = text.split('-');
  if (begin === undefined || end === undefined || more !== undefined) throw new UsageError('--range A-B');
  return { begin: number(begin, '--range'), end: number(end, '--range') };
}

function number(text: string, option: string): number {
  return orUsage(parseDecimal(text), option);
}

function orUsage<Value>(result: Result<Value>, option: string): Value {
  if (!result.ok) throw new UsageError(`${option}: ${result.fault}`);
  return result.value;
}
