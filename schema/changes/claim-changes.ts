import type { GraphQLSchema } from 'graphql';
import { claimsOf, selfValues, shareValues } from '../claim-directives.ts';
import type { Access, Claim } from '../claim-directives.ts';
import type { Change, Severity } from './change.ts';

/**
 * What changed in who may read a field that both schemas have. To narrow is breaking: somebody is refused what they were
 * told. To widen breaks no program, but lets people be read by whom they did not expect: dangerous. A claim of another id
 * is another thing to agree to, so it breaks every consent that names the old one.
 */
export function claimChanges(before: GraphQLSchema, after: GraphQLSchema): Change[] {
  const now = claimsOf(after);
  return [...claimsOf(before)].flatMap(([at, was]) => {
    const is = now.get(at);
    return is === undefined ? [] : accessChanges(at, was, is);
  });
}

function accessChanges(at: string, was: Access, is: Access): Change[] {
  if (was.kind === 'claim' && is.kind === 'claim') return narrowings(at, was, is);
  if (was.kind === is.kind) return [];
  return is.kind === 'claim'
    ? [{ severity: 'breaking', at, text: `${at} was open and is under the claim "${is.id}".` }]
    : [{ severity: 'dangerous', at, text: `${at} is no longer under a claim, but open.` }];
}

function narrowings(at: string, was: Claim, is: Claim): Change[] {
  const changes: Change[] = [];
  if (was.id !== is.id) {
    const text = `${at} is under the claim "${is.id}" and was under "${was.id}", which people have agreed to.`;
    changes.push({ severity: 'breaking', at, text });
  }
  const say = (what: string, from: string, to: string, severity: Severity): void => {
    changes.push({ severity, at, text: `${at} was ${from} and is ${to}: ${what}.` });
  };
  // Each list goes from whom most may read to whom nobody may.
  const self = selfValues.indexOf(is.self) - selfValues.indexOf(was.self);
  if (self > 0) say('fewer people may read it of themselves', was.self, is.self, 'breaking');
  if (self < 0) say('more people may read it of themselves', was.self, is.self, 'dangerous');
  const share = shareValues.indexOf(is.share) - shareValues.indexOf(was.share);
  if (share > 0) say('it may be shared less easily, or not at all', was.share, is.share, 'breaking');
  if (share < 0) say('it may be shared more easily', was.share, is.share, 'dangerous');
  if (was.class !== is.class) {
    const isNarrower = is.class === 'SENSITIVE';
    const what = isNarrower ? 'it is read with the passcode alone' : 'it is read without the passcode';
    say(what, was.class, is.class, isNarrower ? 'breaking' : 'dangerous');
  }
  return changes;
}
