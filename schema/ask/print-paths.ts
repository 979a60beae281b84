import { astFromValue, print } from 'graphql';
import type { AskPath, AskStep } from './ask-path.ts';
import { stableJson, tellingText } from './leaf-key.ts';

/**
 * The one text of what is asked, which reads back to the same paths: one line, fields sorted by name, what holds for
 * every kind before the kinds by name, arguments only where they differ from their default. A name of its own has a field
 * only where it is asked with several arguments (`ageOver_2`): an answer must hold them apart.
 */
export function printPaths(paths: readonly AskPath[]): string {
  return selection(paths, 0);
}

function selection(paths: readonly AskPath[], depth: number): string {
  const common = paths.filter((path) => path[depth]?.on === null);
  const kinds = [...new Set(paths.map((path) => path[depth]?.on ?? null))].filter((on) => on !== null);
  const narrowed = kinds.toSorted().map((on) => {
    const inside = paths.filter((path) => path[depth]?.on === on);
    return `... on ${on} { ${fields(inside, paths, depth)} }`;
  });
  return `{ ${[...(common.length > 0 ? [fields(common, paths, depth)] : []), ...narrowed].join(' ')} }`;
}

function fields(paths: readonly AskPath[], beside: readonly AskPath[], depth: number): string {
  const byCall = new Map<string, AskPath[]>();
  for (const path of paths) {
    const { name, args } = path[depth] as AskStep;
    const call = `${name}${tellingText(args)}`;
    byCall.set(call, [...(byCall.get(call) ?? []), path]);
  }
  const calls = [...byCall].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return calls.map(([, below]) => field(below, beside, depth)).join(' ');
}

function field(paths: readonly AskPath[], beside: readonly AskPath[], depth: number): string {
  const step = paths[0]?.[depth] as AskStep;
  const text = `${label(step, beside, depth)}${step.name}${argumentsText(step)}`;
  const isLeaf = paths.some((path) => path.length === depth + 1);
  return isLeaf ? text : `${text} ${selection(paths, depth + 1)}`;
}

function label(step: AskStep, beside: readonly AskPath[], depth: number): string {
  const calls = beside.flatMap((path) => {
    const other = path[depth];
    return other?.name === step.name ? [tellingText(other.args)] : [];
  });
  const number = [...new Set(calls)].sort().indexOf(tellingText(step.args));
  return number > 0 ? `${step.name}_${number + 1}: ` : '';
}

function argumentsText({ field: definition, args }: AskStep): string {
  const given = (definition?.args ?? []).flatMap(({ name, type, defaultValue }) => {
    if (!(name in args) || stableJson(args[name]) === stableJson(defaultValue)) return [];
    const value = astFromValue(args[name], type);
    return value ? [`${name}: ${print(value)}`] : [];
  });
  return given.length === 0 ? '' : `(${given.toSorted().join(', ')})`;
}
