import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import type { Context, Span as OtelSpan, Tracer as OtelTracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Sampler } from '@opentelemetry/sdk-trace';
import { permitted, permittedName } from './trace-attributes.ts';
import { TraceQueue } from './trace-queue.ts';
import type { TraceSampler, TraceSettings } from './trace-settings.ts';
import { noSpan } from './trace.ts';
import type { Span, SpanRole, Tracer, Tracing } from './trace.ts';

/** How long one batch may take on its way, in milliseconds. */
const EXPORT_MS = 10_000;

/** Opens the traces of this process: one way out, and a provider for each service, which tells its name. */
export function openTracing(settings: TraceSettings): Tracing {
  const { endpoint, headers, sampler, ratio, nameOf, delayMs, most } = settings;
  const exporter = new OTLPTraceExporter({
    url: `${endpoint}/v1/traces`,
    headers: { ...headers },
    timeoutMillis: EXPORT_MS,
    concurrencyLimit: 1,
  });
  const queue = new TraceQueue({ exporter, most, delayMs });
  const isKept = drawOf(sampler, ratio);
  return {
    of: (service): Tracer => {
      const provider = new TracerProvider({
        resource: resourceFromAttributes({
          'service.name': nameOf(service),
          'service.namespace': 'dinhdanh',
        }),
        sampler: samplerOf(sampler, ratio),
        spanProcessors: [queue],
      });
      const tracer = provider.getTracer('dinhdanh');
      return {
        begin: (name, attributes = {}) =>
          isKept() ? start(tracer, ROOT_CONTEXT, name, attributes, 'server') : noSpan,
        follow: (traceparent, name, attributes = {}) => {
          const context = contextOf(traceparent);
          return context === null ? noSpan : start(tracer, context, name, attributes, 'server');
        },
        counts: () => queue.counts,
      };
    },
    close: () => queue.shutdown(),
  };
}

const KINDS: Readonly<Record<SpanRole, SpanKind>> = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
};

function start(tracer: OtelTracer, context: Context, name: string, attributes: object, role: SpanRole): Span {
  const options = { kind: KINDS[role], attributes: permitted({ ...attributes }) };
  const span = tracer.startSpan(permittedName(name), options, context);
  // What is not kept costs no more than having been asked for.
  return span.isRecording() ? wrap(tracer, span) : noSpan;
}

function wrap(tracer: OtelTracer, span: OtelSpan): Span {
  const { traceId, spanId } = span.spanContext();
  return {
    isRecording: true,
    traceparent: `00-${traceId}-${spanId}-01`,
    begin: (name, attributes = {}, role = 'internal') =>
      start(tracer, trace.setSpan(ROOT_CONTEXT, span), name, attributes, role),
    set: (attributes) => void span.setAttributes(permitted({ ...attributes })),
    end: (outcome = 'OK') => {
      span.setAttributes(permitted({ 'dinhdanh.outcome': outcome }));
      if (outcome !== 'OK') span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

/** W3C Trace Context, §3.2.2: version, trace, parent, flags. What is not kept by whoever began it is not gone on with. */
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

function contextOf(traceparent: unknown): Context | null {
  if (typeof traceparent !== 'string') return null;
  const [, traceId = '', spanId = '', flags = '00'] = TRACEPARENT.exec(traceparent) ?? [];
  if (traceId === '' || (Number.parseInt(flags, 16) & TraceFlags.SAMPLED) === 0) return null;
  const parent = { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
  return trace.setSpanContext(ROOT_CONTEXT, parent);
}

/** The sampler that goes by a share where nothing was decided before. */
const SHARED: TraceSampler = 'parentbased_traceidratio';

/**
 * Whether a trace that begins is worth asking for. By a share it is drawn here, before anything is made for a trace that is
 * not kept; those that go on with it are told.
 */
function drawOf(name: TraceSampler, ratio: number): () => boolean {
  return name === SHARED ? () => Math.random() < ratio : () => true;
}

function samplerOf(name: TraceSampler, ratio: number): Sampler {
  // It was drawn before.
  if (name === SHARED) return new ParentBasedSampler({ root: new AlwaysOnSampler() });
  const [, isParentBased, root] = /^(parentbased_)?(.*)$/.exec(name) ?? [];
  const own = rootSampler(root ?? '', ratio);
  return isParentBased === undefined ? own : new ParentBasedSampler({ root: own });
}

function rootSampler(name: string, ratio: number): Sampler {
  if (name === 'always_on') return new AlwaysOnSampler();
  return name === 'traceidratio' ? new TraceIdRatioBasedSampler(ratio) : new AlwaysOffSampler();
}
