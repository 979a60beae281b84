import { AppError } from '@dinhdanh/kit';
import type { ShareState } from '../consent/share-states.ts';
import type { Ending, PageRoom } from './page-room.ts';
import type { PageRow } from './store.ts';
import { tellState } from './tell-state.ts';
import type { PageState } from './tell-state.ts';

/** The public origin. @throws AppError `SOURCE_UNAVAILABLE` while it is not known */
export function originOf({ publicUrl }: Pick<PageRoom, 'publicUrl'>): string {
  const url = publicUrl();
  if (url === null)
    throw new AppError('SOURCE_UNAVAILABLE', { internal: 'the public origin is not known yet' });
  return new URL(url).origin;
}

/** The state of a row by the clock of now, with the way back if it has ended. */
export function stateOf(room: PageRoom, row: PageRow): Promise<PageState> {
  return withWayBack(room, row, tellState(row, originOf(room), room.clock()));
}

/** Reads a row again and tells its state. */
export async function freshState(room: PageRoom, row: PageRow): Promise<PageState> {
  const [newer = row] = await room.store.read([row.handle]);
  return stateOf(room, newer);
}

/**
 * Adds where the browser goes on, once it can. The authorization server is told how it ended before the browser is, and each time: a
 * process that died in between is made good by the next look.
 */
export async function withWayBack(room: PageRoom, row: PageRow, told: PageState): Promise<PageState> {
  const { state } = told;
  if (!isOver(state)) return told;
  const redirectTo = await room.finish(row.interaction, state, row.handle);
  return { ...told, redirectTo };
}

function isOver(state: ShareState): state is Ending {
  return state !== 'WAITING' && state !== 'CLAIMED' && state !== 'APPROVED';
}
