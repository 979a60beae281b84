/** Samplers by the names OpenTelemetry has for them (`OTEL_TRACES_SAMPLER`). */
export const traceSamplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** The name of a sampler. */
export type TraceSampler = (typeof traceSamplers)[number];

/** Where traces go, and which. */
export interface TraceSettings {
  /** The collector, OTLP over HTTP: traces are posted to `<endpoint>/v1/traces`. */
  readonly endpoint: string;
  /** What the collector wants besides, such as a key of its own. */
  readonly headers: Readonly<Record<string, string>>;
  readonly sampler: TraceSampler;
  /** Which share of requests is traced, 0 to 1, where the sampler goes by it. */
  readonly ratio: number;
  /** What a service is called in its traces. */
  readonly nameOf: (service: string) => string;
  /** How long a span may wait for others to be sent with it, in milliseconds. */
  readonly delayMs: number;
  /** Spans that may wait at once. */
  readonly most: number;
}
