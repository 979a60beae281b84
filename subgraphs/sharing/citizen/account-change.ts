import type { StopReason } from '../consent/consent-states.ts';

/** A change of an account as accounts tells it: its place, its kind and opaque keys. */
export interface AccountChange {
  readonly cursor: string;
  readonly at: string;
  readonly kind: string;
  readonly keys: readonly { readonly role: string; readonly value: string }[];
}

/** What a change means for consents. Each may be applied twice without harm. */
export type ConsentEffect =
  | {
      readonly type: 'stop';
      readonly reason: StopReason;
      /** Whose consents: those a person gave, those given by a relation, or all that a person gave or that are about them. */
      readonly whose: 'grantor' | 'relation' | 'anybody';
      readonly key: string;
      readonly at: Date;
    }
  | { readonly type: 'lift'; readonly key: string };

/**
 * Reads a change; one that means nothing to consents has no effects. A level that changed is a level lost: nobody without level 2
 * has given any. An unlock lifts what the lock stopped and nothing else: who lost a level or a ward must be asked anew.
 */
export function effectsOf({ kind, keys, at }: AccountChange): ConsentEffect[] {
  const of = (role: string): string[] => keys.filter((key) => key.role === role).map(({ value }) => value);
  const stops = (
    whose: 'grantor' | 'relation' | 'anybody',
    role: string,
    reason: StopReason,
  ): ConsentEffect[] => of(role).map((key) => ({ type: 'stop', reason, whose, key, at: new Date(at) }));
  switch (kind) {
    case 'LOCKED':
      return stops('grantor', 'SUBJECT', 'LOCKED');
    case 'UNLOCKED':
      return of('SUBJECT').map((key) => ({ type: 'lift', key }));
    case 'LEVEL_CHANGED':
      return stops('grantor', 'SUBJECT', 'LEVEL');
    case 'GUARDIANSHIP_ENDED':
      return stops('relation', 'RELATION', 'GUARDIANSHIP');
    case 'CLOSED':
      return stops('anybody', 'SUBJECT', 'CLOSED');
    default:
      return [];
  }
}
