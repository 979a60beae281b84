/** PostgreSQL's unique_violation. */
const UNIQUE_VIOLATION = '23505';

/**
 * Whether the database refused a write because there is one of its kind already. Prisma has a code of its own for what it
 * wrote itself; of a statement written by hand it hands on what the driver said, further in.
 */
export function isDuplicate(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const said = error as Readonly<Record<string, unknown>>;
  if (said['code'] === 'P2002' || said['code'] === UNIQUE_VIOLATION) return true;
  if (said['originalCode'] === UNIQUE_VIOLATION) return true;
  return [said['meta'], said['driverAdapterError'], said['cause']].some(isDuplicate);
}
