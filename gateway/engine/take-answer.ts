import type { GroupRequest } from './build-request.ts';
import { applyRewrite } from './compile-rewrites.ts';
import { type DataObject, FieldFailure, isDataObject } from './field-failure.ts';
import { collectTargets, copyData, markObject, mergeInto } from './merge-answer.ts';
import { codeOf, failureOfAll, placeErrors } from './place-errors.ts';
import type { Attest, EntityKey, Released, SourceAnswer } from './source.ts';
import type { RootAsk, Step } from './step.ts';

/** What taking an answer needs besides the answer. */
export interface TakeContext {
  readonly step: Step;
  /** Number of the request, which the source was told. */
  readonly number: number;
  readonly groups: readonly GroupRequest[];
  readonly root: DataObject;
  readonly attest: Attest | undefined;
  readonly knownCodes: ReadonlySet<string>;
}

/**
 * Checks an answer in full and only then adds it to the data tree. Returns what it released, or the failure;
 * an answer with one wrong leaf is not used at all.
 */
export function takeAnswer(context: TakeContext, answer: SourceAnswer): readonly Released[] | FieldFailure {
  const { step, groups, knownCodes } = context;
  const failed = (code: string): FieldFailure => new FieldFailure(code, step.service);
  if (!answer.ok) return failed(answer.code);
  const { data } = answer;
  const errors = answer.errors ?? [];
  if (!Array.isArray(errors)) return failed('SOURCE_INVALID');
  if (data === null || data === undefined) {
    const placed = step.root ? failureOfAll(errors, step.service, knownCodes) : null;
    return placed ?? failed(codeOfAll(errors, knownCodes));
  }
  if (!isDataObject(data)) return failed('SOURCE_INVALID');
  if (!placeErrors(data, errors, step.service, knownCodes)) return failed(codeOfAll(errors, knownCodes));
  if (step.root) return takeRoot(context, step.root, data);
  if (!groups.every((group) => isGroupValid(context, group, data))) return failed('SOURCE_INVALID');
  if (Object.keys(data).length !== groups.length) return failed('SOURCE_INVALID');
  return groups.flatMap((group) => mergeGroup(step, group, data));
}

function codeOfAll(errors: readonly unknown[], knownCodes: ReadonlySet<string>): string {
  for (const error of errors) {
    if (typeof error === 'object' && error !== null) {
      const code = codeOf(error, knownCodes);
      if (code !== 'SOURCE_UNAVAILABLE') return code;
    }
  }
  return errors.length === 0 ? 'SOURCE_INVALID' : 'SOURCE_UNAVAILABLE';
}

function attestFor(context: TakeContext, key: EntityKey | null) {
  const { attest, step, number } = context;
  return {
    attest: (typeName: string, value: unknown): boolean =>
      !attest || attest({ service: step.service, step: number, typeName, key, value }),
  };
}

function takeRoot(context: TakeContext, root: RootAsk, data: DataObject): readonly Released[] | FieldFailure {
  if (!root.asked.check(data, attestFor(context, null))) {
    return new FieldFailure('SOURCE_INVALID', context.step.service);
  }
  for (const rewrite of root.outputRewrites) applyRewrite(rewrite, data, root.typeName);
  for (const [index, target] of collectTargets(context.root, root.path).entries()) {
    mergeInto(target, index === 0 ? data : copyData(data));
  }
  return [{ source: context.step.service, key: null, leaves: root.leaves }];
}

function isGroupValid(context: TakeContext, request: GroupRequest, data: DataObject): boolean {
  const list = data[request.group.responseKey];
  if (!Array.isArray(list) || list.length !== request.entities.length) return false;
  return request.entities.every(({ kind, representation }, index) => {
    const value: unknown = list[index];
    if (value === null || value instanceof FieldFailure) return true;
    if (!kind.asked.check(value, attestFor(context, representation))) return false;
    return kind.echoed.every((name) => isSame((value as DataObject)[name], representation[name]));
  });
}

/** An ID may come back as a number; nested keys are compared part by part, lists item by item. */
function isSame(answered: unknown, sent: unknown): boolean {
  if (answered === sent) return answered !== undefined;
  if (Array.isArray(answered) && Array.isArray(sent)) {
    return answered.length === sent.length && answered.every((item, at) => isSame(item, sent[at]));
  }
  if (isDataObject(answered) && isDataObject(sent)) {
    return Object.keys(answered).every((name) => isSame(answered[name], sent[name]));
  }
  return typeof answered === 'number' && String(answered) === sent;
}

function mergeGroup(step: Step, request: GroupRequest, data: DataObject): readonly Released[] {
  const list = data[request.group.responseKey] as readonly unknown[];
  const released: Released[] = [];
  for (const [index, { kind, representation, targets, paths, lost }] of request.entities.entries()) {
    const value = list[index];
    if (value instanceof FieldFailure) for (const target of targets) markObject(target, kind.asked, value);
    if (lost && isDataObject(value))
      for (const [key, failure] of lost) if (Object.hasOwn(value, key)) value[key] = failure;
    if (!isDataObject(value)) continue;
    for (const rewrite of request.group.outputRewrites) applyRewrite(rewrite, value, kind.typeName);
    for (const [at, target] of targets.entries()) {
      // The kind of an object known only by its interface is told by the source that owns the interface.
      if (kind.asked.fixedType === null) target['__typename'] = value['__typename'];
      mergeInto(target, at === 0 && targets.length === 1 ? value : copyData(value));
    }
    released.push({ source: step.service, key: representation, leaves: kind.leaves(paths) });
  }
  return released;
}
