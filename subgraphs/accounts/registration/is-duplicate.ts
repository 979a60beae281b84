/** Whether the database refused a write because there is one of its kind already. */
export function isDuplicate(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, meta, cause } = error as { code?: unknown; meta?: { code?: unknown }; cause?: unknown };
  return code === 'P2002' || code === '23505' || meta?.code === '23505' || isDuplicate(cause);
}
