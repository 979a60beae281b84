import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from './errors.ts';
import type { ServiceOptions } from './service.ts';
import type { SpanAttributes } from './trace-attributes.ts';
import { noTracer, TRACE_HEADER, within } from './trace.ts';

/**
 * Answers an admitted call as a piece of the trace its caller has begun. Only for calls whose caller token was checked:
 * nobody else can make a service trace anything.
 */
export async function traceCall<Result>(
  { headers, routeOptions: { url = '' } }: FastifyRequest,
  reply: FastifyReply,
  { tracer = noTracer }: Pick<ServiceOptions, 'tracer'>,
  answer: () => Promise<Result>,
): Promise<Result> {
  const span = tracer.follow(headers[TRACE_HEADER], `POST ${url}`, describe(url));
  if (!span.isRecording) return answer();
  try {
    const result = await within(span, answer);
    span.set({ 'http.response.status_code': reply.statusCode });
    span.end();
    return result;
  } catch (failure) {
    span.end(failure instanceof AppError ? failure.code : 'SOURCE_UNAVAILABLE');
    throw failure;
  }
}

function describe(url: string): SpanAttributes {
  return { 'http.request.method': 'POST', 'http.route': url };
}
