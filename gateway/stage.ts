import type { Exchange } from './exchange.ts';
import type { Rooms } from './rooms.ts';

/** One step of the row that every request goes through; a promise only where it waits for something. */
export interface Stage {
  readonly name: string;
  readonly run: (exchange: Exchange, rooms: Rooms) => void | Promise<void>;
}
