import { within } from '@dinhdanh/kit';
import type { Span, Tracer } from '@dinhdanh/kit';
import type { Exchange } from './exchange.ts';

/**
 * Begins the trace of a request, if it is one of those that are traced. What the client says of a trace is not asked: it
 * could make us trace whom it likes, and a trace id of its own making could be anybody's number.
 */
export function beginTrace(
  tracer: Tracer,
  { id, request: { method } }: Pick<Exchange, 'id' | 'request'>,
): Span {
  return tracer.begin('POST /graphql', {
    'http.request.method': method,
    'http.route': '/graphql',
    'dinhdanh.request.id': id,
  });
}

/** Runs one stage as a piece of the trace: what it asks of others is a piece of it in turn. */
export async function runTraced(trace: Span, name: string, run: () => void | Promise<void>): Promise<void> {
  const span = trace.begin(`stage ${name}`);
  try {
    await within(span, run);
    span.end();
  } catch (failure) {
    const { code } = failure as { code?: unknown };
    span.end(typeof code === 'string' ? code : 'SOURCE_UNAVAILABLE');
    throw failure;
  }
}

/** Ends the trace of a request, and tells of which kind and shape it was. */
export function endTrace(
  trace: Span,
  { prepared, compiled, reply, served }: Exchange,
  outcome: string,
): void {
  if (!trace.isRecording) return;
  trace.set({
    'http.response.status_code': reply.statusCode,
    ...(prepared === undefined ? {} : { 'graphql.operation.type': prepared.kind }),
    ...(compiled === undefined
      ? {}
      : { 'graphql.document.hash': served.planRecords.of(compiled).operationHash }),
  });
  trace.end(outcome);
}
