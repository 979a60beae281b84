import type { ConstDirectiveNode } from 'graphql';
import { classValues, selfValues, shareValues, stringArguments } from '../claim-directives.ts';
import { declaredTypes, type Subgraph } from './subgraph.ts';

const known: Readonly<Record<string, readonly string[]>> = {
  self: selfValues,
  share: shareValues,
  class: classValues,
};

/**
 * The arguments of `@claim` and `@open` are strings of the known lists, the id stands in the claims catalogue, and
 * one id always means one way of sharing and one legal class: a consent names ids, so an id must mean one thing.
 * What is for an AUTHORITY is readable by no caller, its owner included, until a door for lawful readers exists.
 * (They are strings, not enums, because an enum would become part of the public schema.)
 */
export function checkClaimArguments(subgraphs: readonly Subgraph[], ids: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  const meaning = new Map<string, { readonly says: string; readonly at: string }>();
  for (const { at, directive } of applied(subgraphs)) {
    const values = stringArguments(directive);
    problems.push(...directiveProblems(at, directive, values, ids));
    const id = values.get('id');
    if (directive.name.value !== 'claim' || id === undefined) continue;
    const says = `${values.get('share')} and ${values.get('class')}`;
    const before = meaning.get(id);
    if (before === undefined) meaning.set(id, { says, at });
    else if (before.says !== says) {
      problems.push(
        `Claim "${id}" is ${says} at ${at} but ${before.says} at ${before.at}: an id means one thing.`,
      );
    }
  }
  return problems;
}

function directiveProblems(
  at: string,
  directive: ConstDirectiveNode,
  values: ReadonlyMap<string, string>,
  ids: ReadonlySet<string>,
): string[] {
  const problems: string[] = [];
  const required = directive.name.value === 'open' ? ['reason'] : ['id', 'share', 'class'];
  for (const name of required) {
    if (!values.get(name)) problems.push(`@${directive.name.value} at ${at} lacks a string for "${name}".`);
  }
  for (const [name, value] of values) {
    const list = known[name];
    if (list !== undefined && !list.includes(value)) {
      problems.push(`@claim at ${at} says ${name}: "${value}", which is none of ${list.join(', ')}.`);
    }
    if (name === 'share' && value === 'AUTHORITY' && values.get('self') !== 'NEVER') {
      problems.push(`${at} is for a lawful authority alone, so its owner must be NEVER.`);
    }
    if (name === 'id' && !ids.has(value)) {
      problems.push(`@claim at ${at} names "${value}", which the claims catalogue does not explain.`);
    }
  }
  return problems;
}

function* applied(subgraphs: readonly Subgraph[]): Generator<{ at: string; directive: ConstDirectiveNode }> {
  for (const subgraph of subgraphs) {
    for (const type of declaredTypes(subgraph)) {
      const elements = [
        { name: type.name, directives: type.directives },
        ...type.fields.map(({ coordinate, node }) => ({
          name: coordinate,
          directives: node.directives ?? [],
        })),
      ];
      for (const { name, directives } of elements) {
        for (const directive of directives) {
          if (directive.name.value !== 'claim' && directive.name.value !== 'open') continue;
          yield { at: `${name} in ${subgraph.name}`, directive };
        }
      }
    }
  }
}
