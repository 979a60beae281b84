import type { AskedEntity, GroupRequest } from './build-request.ts';
import type { CheckRun } from './answer-shape.ts';
import { applyRewrite } from './compile-rewrites.ts';
import { type DataObject, FieldFailure, isDataObject } from './field-failure.ts';
import { collectTargets, copyData, markObject, mergeInto } from './merge-answer.ts';
import { codeOf, failureOfAll, placeErrors } from './place-errors.ts';
import type { Attest, EntityKey, Released, SourceAnswer } from './source.ts';
import type { StepCode } from './step-code.ts';
import type { RootAsk, Step } from './step.ts';

/** What taking an answer needs besides the answer. */
export interface TakeContext {
  readonly step: Step;
  /** Number of the request, which the source was told. */
  readonly number: number;
  readonly groups: readonly GroupRequest[];
  readonly code: StepCode | null;
  readonly root: DataObject;
  readonly attest: Attest | undefined;
  readonly knownCodes: ReadonlySet<string>;
  /** Whether the answer was checked while it was read, and came without errors. */
  readonly isRead: boolean;
}

/** Of whom an attestation is asked. */
export type AttestContext = Pick<TakeContext, 'step' | 'number' | 'attest'>;

/**
 * Checks an answer in full and only then adds it to the data tree. Returns what it released, or the failure;
 * an answer with one wrong leaf is not used at all.
 */
export function takeAnswer(context: TakeContext, answer: SourceAnswer): readonly Released[] | FieldFailure {
  const { step, groups, knownCodes, isRead } = context;
  const failed = (code: string): FieldFailure => new FieldFailure(code, step.service);
  if (!answer.ok) return failed(answer.code);
  const { data } = answer;
  const errors = answer.errors ?? none;
  if (!Array.isArray(errors)) return failed('SOURCE_INVALID');
  if (data === null || data === undefined) {
    const placed = step.root ? failureOfAll(errors, step.service, knownCodes) : null;
    return placed ?? failed(codeOfAll(errors, knownCodes));
  }
  if (!isDataObject(data)) return failed('SOURCE_INVALID');
  const isClean = errors.length === 0;
  if (!isClean && !placeErrors(data, errors, step.service, knownCodes))
    return failed(codeOfAll(errors, knownCodes));
  const run = new Attesting(context);
  // The generated checks know nothing of failures, which only errors bring.
  if (step.root) return takeRoot(context, step.root, data, isClean, run);
  if (!isRead && !areGroupsValid(groups, data, isClean, run)) return failed('SOURCE_INVALID');
  const released: Released[] = [];
  for (const group of groups) mergeGroup(step, group, data, released);
  return released;
}

const none: readonly never[] = [];

/** How many fields an object has that was parsed. */
function sizeOf(data: DataObject): number {
  let size = 0;
  for (const _ in data) size += 1;
  return size;
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

/** Whether the objects of one answer are attested; `key` is that of the entity being checked. */
export class Attesting implements CheckRun {
  key: EntityKey | null = null;
  readonly #context: AttestContext;

  constructor(context: AttestContext) {
    this.#context = context;
  }

  attest(typeName: string, value: unknown): boolean {
    const { attest, step, number } = this.#context;
    return !attest || attest({ service: step.service, step: number, typeName, key: this.key, value });
  }
}

function takeRoot(
  context: TakeContext,
  root: RootAsk,
  data: DataObject,
  isClean: boolean,
  run: Attesting,
): readonly Released[] | FieldFailure {
  const code = context.code?.root ?? null;
  const check = isClean && code ? code.check : root.asked.check;
  if (!context.isRead && !check(data, run)) return new FieldFailure('SOURCE_INVALID', context.step.service);
  for (const rewrite of root.outputRewrites) applyRewrite(rewrite, data, root.typeName);
  const merge = code && root.outputRewrites.length === 0 ? code.merge : mergeInto;
  if (root.path.length === 0) merge(context.root, data);
  else {
    for (const [index, target] of collectTargets(context.root, root.path).entries()) {
      merge(target, index === 0 ? data : copyData(data));
    }
  }
  return [{ source: context.step.service, key: null, leaves: root.leaves }];
}

function areGroupsValid(
  groups: readonly GroupRequest[],
  data: DataObject,
  isClean: boolean,
  run: Attesting,
): boolean {
  for (const group of groups) if (!isGroupValid(group, data, isClean, run)) return false;
  return sizeOf(data) === groups.length;
}

function isGroupValid(request: GroupRequest, data: DataObject, isClean: boolean, run: Attesting): boolean {
  const { entities, group } = request;
  const list = data[group.responseKey];
  if (!Array.isArray(list) || list.length !== entities.length) return false;
  for (let index = 0; index < entities.length; index += 1) {
    const { kind, code, representation } = entities[index] as AskedEntity;
    const value: unknown = list[index];
    if (value === null || value instanceof FieldFailure) continue;
    run.key = representation;
    const check = isClean && code ? code.check : kind.asked.check;
    if (!check(value, run)) return false;
    for (const name of kind.echoed) {
      if (!isSame((value as DataObject)[name], representation[name])) return false;
    }
  }
  return true;
}

/**
 * An ID may come back as a number; nested keys are compared part by part, lists item by item. Of an object that is part of a
 * key more may have been sent than is asked back, and more asked than was sent; that the key itself is in both is known.
 */
function isSame(answered: unknown, sent: unknown): boolean {
  if (answered === sent) return answered !== undefined;
  if (Array.isArray(answered) && Array.isArray(sent)) {
    return answered.length === sent.length && answered.every((item, at) => isSame(item, sent[at]));
  }
  if (isDataObject(answered) && isDataObject(sent)) {
    return Object.keys(answered).every(
      (name) => !Object.hasOwn(sent, name) || isSame(answered[name], sent[name]),
    );
  }
  return typeof answered === 'number' && String(answered) === sent;
}

function mergeGroup(step: Step, request: GroupRequest, data: DataObject, released: Released[]): void {
  const { group, entities } = request;
  const list = data[group.responseKey] as readonly unknown[];
  for (let index = 0; index < entities.length; index += 1) {
    const { kind, code, representation, targets, paths, lost } = entities[index] as AskedEntity;
    const value = list[index];
    if (value instanceof FieldFailure) for (const target of targets) markObject(target, kind.asked, value);
    if (lost && isDataObject(value))
      for (const [key, failure] of lost) if (Object.hasOwn(value, key)) value[key] = failure;
    if (!isDataObject(value)) continue;
    for (const rewrite of group.outputRewrites) applyRewrite(rewrite, value, kind.typeName);
    const merge = code && group.outputRewrites.length === 0 ? code.merge : mergeInto;
    for (let at = 0; at < targets.length; at += 1) {
      const target = targets[at] as DataObject;
      // The kind of an object known only by its interface is told by the source that owns the interface.
      if (kind.asked.fixedType === null) target['__typename'] = value['__typename'];
      merge(target, at === 0 || !group.isFilledLater ? value : copyData(value));
    }
    released.push({ source: step.service, key: representation, leaves: kind.leaves(paths) });
  }
}
