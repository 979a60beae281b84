import { AppError } from '@dinhdanh/kit';

/** Where an entry stands when all are sorted by time: the key that pages go by. */
export interface Place {
  readonly at: Date;
  readonly shard: number;
  readonly index: number;
}

/** The cursor of a place: opaque to whoever holds it, and good on every page of the same list. */
export function cursorOf({ at, shard, index }: Place): string {
  return Buffer.from(`${at.getTime()}.${shard}.${index}`, 'latin1').toString('base64url');
}

/** Reads a cursor; null where none was given. @throws AppError `BAD_USER_INPUT` with the argument's name */
export function placeOf(cursor: string | null | undefined, field = 'after'): Place | null {
  if (cursor === null || cursor === undefined) return null;
  const [, at, shard, index] =
    /^(-?\d{1,15})\.(\d{1,5})\.(\d{1,16})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  const place = { at: new Date(Number(at)), shard: Number(shard), index: Number(index) };
  const known = place.shard < 2 ** 15 && Number.isSafeInteger(place.index) && cursorOf(place) === cursor;
  if (!known) throw new AppError('BAD_USER_INPUT', { field });
  return place;
}
