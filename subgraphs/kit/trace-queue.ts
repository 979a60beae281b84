import type { ReadableSpan, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace';
import { permitted, permittedName } from './trace-attributes.ts';
import type { TraceCounts } from './trace.ts';

/** How a queue of spans is bounded. */
export interface TraceQueueOptions {
  readonly exporter: SpanExporter;
  /** Spans that may wait at once; more are dropped. */
  readonly most: number;
  /** How long a span may wait for others to be sent with it, in milliseconds. */
  readonly delayMs: number;
}

/** Few enough that writing them out holds no request up. */
const BATCH = 128;
type ExportCode = Parameters<Parameters<SpanExporter['export']>[1]>[0]['code'];

/** What an exporter says when the collector has taken a batch. */
const TAKEN: ExportCode = 0;
/** So long an end waits for what is left. */
const CLOSE_MS = 2_000;

/**
 * Spans on their way to the collector: a bounded queue, one batch under way at a time. Whatever becomes of the collector, a
 * request never waits for it: what there is no room for is dropped and counted. Here too each span is held against what
 * spans may say, so that nothing else leaves however it got into one.
 */
export class TraceQueue implements SpanProcessor {
  readonly #options: TraceQueueOptions;
  #queue: ReadableSpan[] = [];
  #timer: NodeJS.Timeout | null = null;
  #sending: Promise<void> | null = null;
  #isClosed = false;
  #exported = 0;
  #dropped = 0;
  #failed = 0;

  constructor(options: TraceQueueOptions) {
    this.#options = options;
  }

  get counts(): TraceCounts {
    return { exported: this.#exported, dropped: this.#dropped, failed: this.#failed };
  }

  onStart(): void {
    // Nothing is sent of what has not ended.
  }

  onEnd(span: ReadableSpan): void {
    if (this.#isClosed || this.#queue.length >= this.#options.most) {
      this.#dropped += 1;
      return;
    }
    this.#queue.push(span);
    if (this.#queue.length >= BATCH) this.#send();
    else this.#wait();
  }

  async forceFlush(): Promise<void> {
    while (this.#queue.length > 0 || this.#sending !== null) {
      this.#send();
      await this.#sending;
    }
  }

  /** Sends what is left, as long as that does not take too long. */
  async shutdown(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(() => late.resolve(), CLOSE_MS);
    const end = this.forceFlush().then(() => this.#options.exporter.shutdown());
    await Promise.race([end.catch(() => undefined), late.promise]);
    clearTimeout(timer);
  }

  #wait(): void {
    if (this.#timer !== null || this.#sending !== null) return;
    this.#timer = setTimeout(() => this.#send(), this.#options.delayMs);
    this.#timer.unref();
  }

  #send(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#sending !== null || this.#queue.length === 0) return;
    const batch = this.#queue.splice(0, BATCH);
    this.#sending = this.#export(batch.map(screened)).then((isTaken) => {
      if (isTaken) this.#exported += batch.length;
      else this.#failed += batch.length;
      this.#sending = null;
      if (this.#queue.length >= BATCH) this.#send();
      else if (this.#queue.length > 0 && !this.#isClosed) this.#wait();
    });
  }

  /** Never rejects. */
  #export(batch: ReadableSpan[]): Promise<boolean> {
    return new Promise((resolve) => {
      try {
        this.#options.exporter.export(batch, ({ code }) => resolve(code === TAKEN));
      } catch {
        resolve(false);
      }
    });
  }
}

/** A span as it may leave: no events (they quote messages), no links, no text beside the status. */
function screened(span: ReadableSpan): ReadableSpan {
  return {
    name: permittedName(span.name),
    kind: span.kind,
    spanContext: () => span.spanContext(),
    ...(span.parentSpanContext === undefined ? {} : { parentSpanContext: span.parentSpanContext }),
    startTime: span.startTime,
    endTime: span.endTime,
    status: { code: span.status.code },
    attributes: permitted(span.attributes),
    links: [],
    events: [],
    duration: span.duration,
    ended: span.ended,
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}
