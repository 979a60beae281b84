import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describeFailure } from '@dinhdanh/kit';
import type { Log, LogFields } from '@dinhdanh/kit';
import { checkDocuments, UnfitDocument } from './documents/check-documents.ts';
import { readManifests } from './documents/read-manifest.ts';
import type { EngineStats } from './engine/index.ts';
import { openServed } from './served.ts';
import type { Served, ServedSettings } from './served.ts';
import { warmPlans } from './warm-plans.ts';
import { watchFiles } from './watch-files.ts';

/** What became of a look at the files: `unchanged` is no outcome anybody is told of. */
export type ReloadOutcome = 'swapped' | 'refused' | 'unchanged';

/** What is served now, and how it changes. */
export interface Serving {
  readonly current: () => Served;
  /** Counters of the engine in force and of all before it. */
  readonly stats: () => EngineStats;
  /**
   * Looks at the files; if they have changed and can be served, serves them from now on. Requests under way end with what
   * they began with. One look at a time.
   */
  readonly reload: () => Promise<ReloadOutcome>;
  readonly close: () => void;
}

/** What a gateway serves, and where that comes from. */
export interface ServingOptions {
  /** SDL of the supergraph to begin with. */
  readonly supergraph: string;
  /** What an operator set of how it is served. */
  readonly settings: ServedSettings;
  /** The file it was read from, watched from now on; null for one that never changes. */
  readonly supergraphFile: string | null;
  /** Manifests of trusted documents. */
  readonly documentFiles: readonly string[];
  readonly log: Log;
  readonly onReload: (outcome: ReloadOutcome) => void;
}

/** What is made of the files. */
interface Texts {
  readonly supergraph: string;
  readonly manifests: readonly string[];
}

/**
 * Begins to serve.
 *
 * @throws for a supergraph or a manifest that cannot be served: a gateway starts with the whole of its contract or not at all
 */
export async function openServing(options: ServingOptions): Promise<Serving> {
  const { supergraph, supergraphFile, documentFiles, log } = options;
  const begun = { supergraph, manifests: documentFiles.map((file) => readFileSync(file, 'utf8')) };
  const ending = new AbortController();
  const state = {
    served: await openTexts(begun, options),
    hash: hashOf(begun),
    refused: '',
    retired: noStats,
  };
  const look = async (): Promise<ReloadOutcome> => {
    const startedAt = performance.now();
    let hash = '';
    try {
      const texts = await readTexts(options, supergraph);
      hash = hashOf(texts);
      // Files beside these change as well, and what was refused is not refused again for that.
      if (hash === state.hash || hash === state.refused) return hash === state.hash ? 'unchanged' : 'refused';
      const served = await openWarm(texts, options, ending.signal);
      if (served === null) return 'unchanged';
      const before = state.served.engine;
      state.retired = addStats(state.retired, before.stats);
      Object.assign(state, { served, hash, refused: '' });
      before.close();
    } catch (failure) {
      state.refused = hash;
      log.error('GATEWAY_SUPERGRAPH_REFUSED', { ...describeFailure(failure), ...reasonOf(failure) });
      options.onReload('refused');
      return 'refused';
    }
    log.info('GATEWAY_SUPERGRAPH_CHANGED', { durationMs: Math.round(performance.now() - startedAt) });
    options.onReload('swapped');
    return 'swapped';
  };
  let last: Promise<ReloadOutcome> = Promise.resolve('unchanged');
  const reload = (): Promise<ReloadOutcome> => (last = last.then(look));
  try {
    checkDocuments(state.served.documents.trusted.values(), state.served.engine);
  } catch (failure) {
    state.served.engine.close();
    throw failure;
  }
  void warmPlans(state.served, ending.signal);
  const files = supergraphFile === null ? documentFiles : [supergraphFile, ...documentFiles];
  const watching = watchFiles(
    files,
    () => void reload(),
    () => log.warn('GATEWAY_SUPERGRAPH_UNWATCHED'),
  );
  return {
    current: () => state.served,
    stats: () => addStats(state.retired, state.served.engine.stats),
    reload,
    close: () => {
      ending.abort();
      state.served.engine.close();
      void watching.then((stop) => stop());
    },
  };
}

async function openTexts(
  { supergraph, manifests }: Texts,
  { settings, log }: ServingOptions,
): Promise<Served> {
  const served = await openServed(supergraph, readManifests(manifests), settings);
  for (const { field, from } of served.engine.unplannable) {
    log.warn('GATEWAY_FIELD_UNPLANNABLE', { code: field, reason: from });
  }
  return served;
}

/** The same, with its plans made; null when the gateway ended meanwhile. */
async function openWarm(texts: Texts, options: ServingOptions, ending: AbortSignal): Promise<Served | null> {
  const served = await openTexts(texts, options);
  try {
    await warmPlans(served, ending);
    if (!ending.aborted) return served;
  } catch (failure) {
    served.engine.close();
    throw failure;
  }
  served.engine.close();
  return null;
}

async function readTexts(
  { supergraphFile, documentFiles }: ServingOptions,
  supergraph: string,
): Promise<Texts> {
  return {
    supergraph: supergraphFile === null ? supergraph : await readFile(supergraphFile, 'utf8'),
    manifests: await Promise.all(documentFiles.map((file) => readFile(file, 'utf8'))),
  };
}

function hashOf({ supergraph, manifests }: Texts): string {
  return createHash('sha256')
    .update(JSON.stringify([supergraph, ...manifests]))
    .digest('hex');
}

/** What is wrong, in words that hold nothing but names of developers' own. */
function reasonOf(failure: unknown): LogFields {
  if (failure instanceof UnfitDocument) return { reason: 'DOCUMENT_UNFIT', code: failure.document };
  const { code } = failure as { readonly code?: unknown };
  return { reason: typeof code === 'string' ? 'UNREADABLE' : 'UNFIT' };
}

const noStats: EngineStats = { documents: 0, documentHits: 0, plans: 0, planHits: 0 };

function addStats(one: Readonly<EngineStats>, other: Readonly<EngineStats>): EngineStats {
  const names = Object.keys(noStats) as (keyof EngineStats)[];
  return Object.fromEntries(names.map((name) => [name, one[name] + other[name]])) as unknown as EngineStats;
}
