import type { LockReason, WardRelation } from './account.ts';

/** A change as population tells it: its place, its kind and the numbers it concerns, never a value of data. */
export interface PopulationChange {
  readonly cursor: string;
  readonly at: string;
  readonly kind: string;
  readonly keys: readonly { readonly role: string; readonly value: string }[];
}

/** What a change means for accounts. Each may be applied twice without harm. */
export type AccountEffect =
  | {
      readonly type: 'relate' | 'unrelate';
      readonly guardianNumber: string;
      readonly wardNumber: string;
      readonly relation: WardRelation;
      readonly at: Date;
      readonly cursor: string;
    }
  | { readonly type: 'close'; readonly personalNumber: string; readonly at: Date; readonly cursor: string }
  | {
      readonly type: 'lock' | 'unlock';
      readonly personalNumber: string;
      readonly reason: LockReason;
      readonly at: Date;
    }
  | { readonly type: 'renumber'; readonly from: string; readonly to: string; readonly at: Date };

/** The relations accounts keep: the roles of those who act and of those they act for. */
const relations = [
  { acting: ['FATHER', 'MOTHER'], actedFor: 'CHILD', relation: 'CHILD' },
  { acting: ['GUARDIAN'], actedFor: 'WARD', relation: 'WARD' },
] as const;

/** Reads a change; one that means nothing to accounts has no effects. */
export function effectsOf(change: PopulationChange): AccountEffect[] {
  const { cursor } = change;
  const at = new Date(change.at);
  const numbers = (role: string): string[] =>
    change.keys.filter((key) => key.role === role).map(({ value }) => value);
  switch (change.kind) {
    case 'RELATION_RECORDED':
    case 'RELATION_ENDED': {
      const type = change.kind === 'RELATION_RECORDED' ? 'relate' : 'unrelate';
      return relations.flatMap(({ acting, actedFor, relation }) =>
        numbers(actedFor).flatMap((wardNumber) =>
          acting
            .flatMap(numbers)
            .map(
              (guardianNumber): AccountEffect => ({ type, guardianNumber, wardNumber, relation, at, cursor }),
            ),
        ),
      );
    }
    case 'PERSON_DIED':
      return numbers('PERSON').map((personalNumber) => ({ type: 'close', personalNumber, at, cursor }));
    case 'CARD_WITHDRAWN':
      return numbers('PERSON').map((personalNumber) => ({
        type: 'lock',
        personalNumber,
        reason: 'CARD_WITHDRAWN',
        at,
      }));
    case 'CARD_EXPIRED':
      return numbers('PERSON').map((personalNumber) => ({
        type: 'lock',
        personalNumber,
        reason: 'DOCUMENT_EXPIRED',
        at,
      }));
    case 'CARD_IN_FORCE':
      return numbers('PERSON').flatMap((personalNumber) =>
        (['CARD_WITHDRAWN', 'DOCUMENT_EXPIRED'] as const).map(
          (reason): AccountEffect => ({ type: 'unlock', personalNumber, reason, at }),
        ),
      );
    case 'NUMBER_REPLACED':
      return numbers('PERSON').flatMap((to) =>
        numbers('PREVIOUS_NUMBER').map((from): AccountEffect => ({ type: 'renumber', from, to, at })),
      );
    default:
      return [];
  }
}
