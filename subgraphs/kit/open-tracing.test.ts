import { expect, onTestFinished, test } from 'vitest';
import { openTracing } from './open-tracing.ts';
import type { TraceSettings } from './trace-settings.ts';
import { noSpan } from './trace.ts';
import type { Span, Tracer } from './trace.ts';

function openTracer({ sampler, ratio }: Pick<TraceSettings, 'sampler' | 'ratio'>): Tracer {
  const way = { endpoint: 'http://127.0.0.1:9', headers: {}, delayMs: 60_000, most: 1 };
  const tracing = openTracing({ ...way, nameOf: (service) => service, sampler, ratio });
  onTestFinished(() => tracing.close());
  return tracing.of('gateway');
}

const begun = (tracer: Tracer, count: number): Span[] =>
  Array.from({ length: count }, () => tracer.begin('POST /graphql'));

test('of the traces that begin, the share that was set is kept; of the others nothing is made', () => {
  const spans = begun(openTracer({ sampler: 'parentbased_traceidratio', ratio: 0.2 }), 5_000);
  const kept = spans.filter(({ isRecording }) => isRecording);
  // Nine standard deviations to either side.
  expect(kept.length).toBeGreaterThan(750);
  expect(kept.length).toBeLessThan(1_250);
  expect(spans.every((span) => span.isRecording || span === noSpan)).toBe(true);
});

test.each([0, 1])('a share of %d keeps none or all', (ratio) => {
  const spans = begun(openTracer({ sampler: 'parentbased_traceidratio', ratio }), 100);
  expect(spans.filter(({ isRecording }) => isRecording)).toHaveLength(100 * ratio);
});

test('a trace that is kept is kept in all its pieces, in whichever process', () => {
  const trace = openTracer({ sampler: 'parentbased_traceidratio', ratio: 1 }).begin('POST /graphql');
  expect(trace.begin('stage execute').isRecording).toBe(true);
  const other = openTracer({ sampler: 'parentbased_traceidratio', ratio: 0 });
  expect(other.follow(trace.traceparent, 'POST /graphql').isRecording).toBe(true);
});
