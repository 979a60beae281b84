import { AppError } from './errors.ts';
import type { CallContext, ResolverMap } from './service.ts';

/** A resolver of one entity reference, as federation's `__resolveReference`. */
type ReferenceResolver<Context> = (
  reference: Record<string, unknown>,
  context: Context,
  info: unknown,
) => unknown;

/**
 * Puts a guard around every `__resolveReference` of a service, so that no registry can forget it:
 *
 * - a reference by `subject` is answered only for a subject of the caller token (`NOT_PERMITTED` otherwise);
 * - a reference by `ref` is answered only when the row found belongs to one (`NOT_FOUND` otherwise, the same as for a
 *   row that does not exist, so that existence does not leak);
 * - always asynchronously: a synchronous throw in one reference would fail the whole `_entities` list.
 */
export function guardReferences<Context extends CallContext>(resolvers: ResolverMap): ResolverMap {
  return Object.fromEntries(
    Object.entries(resolvers).map(([type, fields]) => [
      type,
      isFieldMap(fields) ? guardType<Context>(fields) : fields,
    ]),
  );
}

function isFieldMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !('serialize' in value);
}

function guardType<Context extends CallContext>(fields: Record<string, unknown>): Record<string, unknown> {
  const resolve = fields['__resolveReference'];
  if (typeof resolve !== 'function') return fields;
  return { ...fields, __resolveReference: guardReference(resolve as ReferenceResolver<Context>) };
}

function guardReference<Context extends CallContext>(
  resolve: ReferenceResolver<Context>,
): ReferenceResolver<Context> {
  return async (reference, context, info) => {
    const bySubject = reference['subject'];
    if (bySubject !== undefined && !isOneOf(context.subjects, bySubject)) {
      context.log.error('SERVICE_REFERENCE_REFUSED', { requestId: context.caller.jti });
      throw new AppError('NOT_PERMITTED');
    }
    const answer = (await resolve(reference, context, info)) as { subject?: unknown } | null | undefined;
    // A reference with a ref is a document's, whatever else it says: a subject beside it must not open somebody else's.
    if (bySubject !== undefined && reference['ref'] === undefined) return answer;
    if (answer === null || answer === undefined || !isOneOf(context.subjects, answer.subject)) {
      throw new AppError('NOT_FOUND');
    }
    return answer;
  };
}

function isOneOf(subjects: ReadonlySet<string>, value: unknown): boolean {
  return typeof value === 'string' && subjects.has(value);
}
