import { putValues } from './bytes/put-values.ts';
import type { CompiledOperation, Describe, Payload } from './engine-types.ts';
import type { DataObject } from './field-failure.ts';
import type { RunResult } from './run.ts';
import type { PayloadError, WriteRun } from './write-run.ts';

/** Writes the answer once: client names, errors in words, and `extensions` left open for the release stage. */
export function writePayload(compiled: CompiledOperation, result: RunResult, describe: Describe): Payload {
  const { prepared, plan, refused } = compiled;
  const { labels, normalised, introspect } = prepared.internal;
  const { released, sourcesFailed, answers } = result;
  const inBytes = answers && plan.hot.byteWriter(normalised.names)?.(result.root, answers);
  if (inBytes) return { bytes: inBytes, released, errors: [], sourcesFailed };
  const tree = valuesIn(result);
  const text = plan.hot.writer(normalised.names, result.isPlain)?.(tree);
  if (text !== undefined)
    return { bytes: `{"data":${text},"extensions":{`, released, errors: [], sourcesFailed };
  const errors: PayloadError[] = [];
  const schemaAnswers = introspect?.() ?? {};
  const run: WriteRun = {
    names: normalised.names,
    labels,
    path: [],
    errors,
    collateral: new Set(),
    refuse: (leaf) => {
      const code = refused.get(leaf)?.code ?? 'NOT_PERMITTED';
      errors.push({ code, path: [...run.path], leaf });
    },
    introspected: (alias) => JSON.stringify(schemaAnswers[alias] ?? null),
  };
  const data = plan.write(tree, run) ?? 'null';
  const told = errors.map((error) => describeError(error, compiled, describe)).join(',');
  return {
    bytes: `{"data":${data}${told === '' ? '' : `,"errors":[${told}]`},"extensions":{`,
    released,
    errors,
    sourcesFailed,
  };
}

/** The data tree with values, once and for all: others may be writing from the same result. */
function valuesIn(result: RunResult): DataObject {
  if (result.answers) putValues(result.root, result.answers);
  result.answers = null;
  return result.root;
}

function describeError(error: PayloadError, compiled: CompiledOperation, describe: Describe): string {
  const refusal = error.leaf === undefined ? undefined : compiled.refused.get(error.leaf);
  const { message, extensions } = describe({ ...error, ...(refusal ? { refusal } : {}) });
  const source = error.source === undefined ? {} : { source: error.source };
  return JSON.stringify({
    message,
    path: error.path,
    extensions: { ...extensions, code: error.code, ...source },
  });
}
