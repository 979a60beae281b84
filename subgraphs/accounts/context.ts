import type { CallContext } from '@dinhdanh/kit';
import type { Loaders } from './loaders.ts';
import type { AccountsRoom } from './room.ts';

/** What a resolver of this service is given. */
export interface Context extends CallContext, Loaders {
  readonly room: AccountsRoom;
}
