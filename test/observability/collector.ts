import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One span as a collector was sent it. */
export interface CollectedSpan {
  /** The `service.name` of whoever made it. */
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first of a trace. */
  readonly parentSpanId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Readonly<Record<string, string | number>>;
}

/** How a collector behaves. */
export type Mood = 'well' | 'slow' | 'failing' | 'hanging';

/** A collector of traces: OTLP over HTTP in JSON, as the standard has it. */
export interface Collector {
  readonly endpoint: string;
  readonly spans: readonly CollectedSpan[];
  /** Everything it was sent, as it came: heads and bodies. */
  readonly received: readonly string[];
  /** How often it was asked to take something. */
  readonly asked: () => number;
  mood: Mood;
  readonly stop: () => Promise<void>;
}

const SLOW_MS = 3_000;

/** Starts one. */
export async function startCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  const received: string[] = [];
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    void take(request).then((text) => {
      if (collector.mood === 'hanging') return;
      if (collector.mood === 'failing') return answer(response, 500);
      if (collector.mood === 'slow') return void setTimeout(() => answer(response, 200), SLOW_MS).unref();
      received.push(`${request.url} ${JSON.stringify(request.headers)}\n${text}`);
      spans.push(...readSpans(JSON.parse(text)));
      return answer(response, 200);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const collector: Collector = {
    endpoint: `http://127.0.0.1:${port}`,
    spans,
    received,
    asked: () => asked,
    mood: 'well',
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return collector;
}

async function take(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
}

interface WireAttribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number | string };
}

interface WireSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly WireAttribute[];
}

interface Wire {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly WireAttribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
}

function readSpans(body: unknown): CollectedSpan[] {
  return (body as Wire).resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(readAttributes(resource.attributes)['service.name']);
    return scopeSpans.flatMap((scope) => scope.spans.map((span) => readSpan(service, span)));
  });
}

function readSpan(service: string, span: WireSpan): CollectedSpan {
  const { name, traceId, spanId, parentSpanId = '' } = span;
  return {
    service,
    name,
    traceId,
    spanId,
    parentSpanId,
    startMs: Number(BigInt(span.startTimeUnixNano) / 1_000n) / 1_000,
    endMs: Number(BigInt(span.endTimeUnixNano) / 1_000n) / 1_000,
    attributes: readAttributes(span.attributes),
  };
}

function readAttributes(attributes: readonly WireAttribute[]): Record<string, string | number> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]),
  );
}
