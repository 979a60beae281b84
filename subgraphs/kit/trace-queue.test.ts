import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { describe, expect, test } from 'vitest';
import { TraceQueue } from './trace-queue.ts';

const NUMBER = '097190000011';

function spanNamed(name: string, attributes: Record<string, string> = {}): ReadableSpan {
  const context = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };
  return {
    name,
    kind: SpanKind.INTERNAL,
    spanContext: () => context,
    startTime: [1, 0],
    endTime: [2, 0],
    duration: [1, 0],
    status: { code: SpanStatusCode.ERROR, message: `no such person: ${NUMBER}` },
    attributes,
    links: [{ context, attributes: { number: NUMBER } }],
    events: [{ name: NUMBER, time: [1, 0], attributes: { 'exception.message': NUMBER } }],
    ended: true,
    resource: resourceFromAttributes({ 'service.name': 'vehicles' }),
    instrumentationScope: { name: 'dinhdanh' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

/** An exporter whose collector does as it is told. */
function exporterThat(
  how: 'takes' | 'refuses' | 'throws' | 'hangs',
): SpanExporter & { sent: ReadableSpan[] } {
  const sent: ReadableSpan[] = [];
  return {
    sent,
    export: (batch, tell) => {
      sent.push(...batch);
      if (how === 'throws') throw new TypeError('exporter');
      if (how !== 'hangs') tell({ code: how === 'takes' ? 0 : 1 });
    },
    shutdown: () => Promise.resolve(),
  };
}

const open = (exporter: SpanExporter, most = 1_000): TraceQueue =>
  new TraceQueue({ exporter, most, delayMs: 1 });

describe('the way out of spans', () => {
  test('what was put into a span past the door leaves all the same without it', async () => {
    const exporter = exporterThat('takes');
    const queue = open(exporter);
    queue.onEnd(spanNamed(`call ${NUMBER}`, { 'peer.service': 'vehicles', 'enduser.id': NUMBER }));
    queue.onEnd(spanNamed('call vehicles', { 'http.route': `/people/${NUMBER}` }));
    await queue.forceFlush();
    const written = exporter.sent.map((span) => JSON.stringify({ ...span, context: span.spanContext() }));
    expect(written).toHaveLength(2);
    expect(written.join('')).toContain('vehicles');
    expect(written.join('')).not.toContain(NUMBER);
  });

  test('what there is no room for is dropped and counted, and nobody waits', async () => {
    const queue = open(exporterThat('hangs'), 200);
    const before = performance.now();
    for (let made = 0; made < 10_000; made += 1) queue.onEnd(spanNamed('stage execute'));
    expect(performance.now() - before).toBeLessThan(2_000);
    // The first batch is under way, and the queue is full behind it.
    expect(queue.counts.dropped).toBe(10_000 - 128 - 200);
    expect(queue.counts).toMatchObject({ exported: 0, failed: 0 });
  });

  test.each(['refuses', 'throws'] as const)('what a collector that %s is counted as failed', async (how) => {
    const queue = open(exporterThat(how));
    for (let made = 0; made < 300; made += 1) queue.onEnd(spanNamed('stage execute'));
    await queue.forceFlush();
    expect(queue.counts).toEqual({ exported: 0, dropped: 0, failed: 300 });
  });

  test('an end sends what is left, and does not wait for a collector that hangs', async () => {
    const exporter = exporterThat('takes');
    const queue = open(exporter);
    for (let made = 0; made < 300; made += 1) queue.onEnd(spanNamed('stage execute'));
    await queue.shutdown();
    expect(queue.counts.exported).toBe(300);
    queue.onEnd(spanNamed('stage execute'));
    expect(queue.counts.dropped).toBe(1);
    const stuck = open(exporterThat('hangs'));
    stuck.onEnd(spanNamed('stage execute'));
    const before = performance.now();
    await stuck.shutdown();
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});
