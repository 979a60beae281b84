import type { DecideShareInput } from '../generated/operations.ts';
import type { ShareRequest } from './share.ts';
import { sortItems } from './sort-items.ts';

/** What a person has put on the screen of a request so far. Nothing is ticked and nothing chosen before they do. */
export interface Draft {
  /** Ids of the items that were ticked. */
  readonly ticked: ReadonlySet<string>;
  readonly startedByMe: boolean | null;
  /** Whose data: `self`, the id of a dependant, or not yet said. */
  readonly whom: string | null;
  /** The child of seven or older was asked and agrees. */
  readonly wardAgrees: boolean;
}

/** What keeps a yes from being a yes; each has words in the catalogue. */
export type DraftProblem = 'ORIGIN' | 'NOT_STARTED' | 'WHOM' | 'WARD_YES' | 'TICK';

/** Before anything was said. Where there are no dependants, the data are one's own. */
export function emptyDraft({ wards }: Pick<ShareRequest, 'wards'>): Draft {
  const isAlone = wards === null || wards.length === 0;
  return { ticked: new Set(), startedByMe: null, whom: isAlone ? 'self' : null, wardAgrees: false };
}

/** With one item ticked, or no longer. */
export function withTick(draft: Draft, id: string, isTicked: boolean): Draft {
  const ticked = new Set(draft.ticked);
  if (isTicked) ticked.add(id);
  else ticked.delete(id);
  return { ...draft, ticked };
}

/** With whose data it is; the yes of one child is not the yes of another. */
export function withWhom(draft: Draft, whom: string): Draft {
  return { ...draft, whom, wardAgrees: draft.whom === whom && draft.wardAgrees };
}

/** Whether the child whose data was chosen has to agree too (Law 91/2025/QH15, art. 24). */
export function needsWardYes({ whom }: Draft, { wards }: Pick<ShareRequest, 'wards'>): boolean {
  return wards?.find(({ id }) => id === whom)?.ownYesNeeded === true;
}

/** All that still keeps a yes from being given, in the order of the screen. */
export function problemsOf(
  draft: Draft,
  request: Pick<ShareRequest, 'items' | 'wards'>,
): readonly DraftProblem[] {
  const { separate } = sortItems(request.items ?? []);
  const isUnticked = separate.some(({ id, voluntary }) => voluntary !== true && !draft.ticked.has(id));
  return [
    ...(draft.startedByMe === null ? ['ORIGIN' as const] : []),
    ...(draft.startedByMe === false ? ['NOT_STARTED' as const] : []),
    ...(isUnticked ? ['TICK' as const] : []),
    ...(draft.whom === null ? ['WHOM' as const] : []),
    ...(needsWardYes(draft, request) && !draft.wardAgrees ? ['WARD_YES' as const] : []),
  ];
}

/** The yes as it is sent: what was ticked and nothing else. */
export function approvalOf(
  draft: Draft,
  request: Pick<ShareRequest, 'handle' | 'items' | 'wards'>,
): DecideShareInput {
  const { separate, voluntary } = sortItems(request.items ?? []);
  const given = (items: typeof separate): string[] =>
    items.map(({ id }) => id).filter((id) => draft.ticked.has(id));
  const isSelf = draft.whom === null || draft.whom === 'self';
  return {
    handle: request.handle,
    decision: 'APPROVE',
    // An item of its own tick that is voluntary too is named in both lists: it is both.
    voluntary: given([...voluntary, ...separate.filter((item) => item.voluntary === true)]),
    ticked: given(separate),
    ...(isSelf ? {} : { dependant: draft.whom }),
    ...(needsWardYes(draft, request) ? { wardAgrees: draft.wardAgrees } : {}),
    startedByMe: draft.startedByMe,
  };
}

/** The no as it is sent. It takes nothing but the press of a button. */
export function refusalOf(
  { startedByMe }: Pick<Draft, 'startedByMe'>,
  { handle }: Pick<ShareRequest, 'handle'>,
): DecideShareInput {
  return { handle, decision: 'DECLINE', ...(startedByMe === null ? {} : { startedByMe }) };
}
