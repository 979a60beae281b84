import { traceSamplers } from '@dinhdanh/kit';
import type { TraceSettings } from '@dinhdanh/kit';

/** What the environment says of traces: all but what a service is called, which depends on what else runs here. */
export interface TraceEnvironment extends Omit<TraceSettings, 'nameOf'> {
  /** What a process that runs one service calls it; null for the service's own name. */
  readonly serviceName: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Which share of requests is traced unless set otherwise. */
const SHIPPED_RATIO = 0.01;
const SERVICE_NAME = /^[A-Za-z0-9][\w.-]{0,62}$/;

/**
 * Reads OpenTelemetry's own variables, as far as they mean something here. Without an endpoint nothing is traced: null.
 *
 * @param wrong a sentence is added for each wrong value
 */
export function readTraceSettings(environment: Environment, wrong: string[]): TraceEnvironment | null {
  const endpoint = environment['OTEL_EXPORTER_OTLP_ENDPOINT'] || null;
  const name = environment['OTEL_TRACES_SAMPLER'] || 'parentbased_traceidratio';
  const sampler = traceSamplers.find((known) => known === name);
  if (sampler === undefined) wrong.push(`OTEL_TRACES_SAMPLER is one of ${traceSamplers.join(', ')}`);
  const ratio = Number(environment['OTEL_TRACES_SAMPLER_ARG'] || SHIPPED_RATIO);
  if (!(ratio >= 0 && ratio <= 1)) wrong.push('OTEL_TRACES_SAMPLER_ARG is a number from 0 to 1');
  const serviceName = environment['OTEL_SERVICE_NAME'] || null;
  if (serviceName !== null && !SERVICE_NAME.test(serviceName))
    wrong.push('OTEL_SERVICE_NAME is a name of letters, digits, dots, dashes and underscores');
  const delayMs = Number(environment['OTEL_BSP_SCHEDULE_DELAY'] || 5_000);
  if (!Number.isInteger(delayMs) || delayMs < 10 || delayMs > 60_000)
    wrong.push('OTEL_BSP_SCHEDULE_DELAY is a whole number of milliseconds from 10 to 60000');
  const most = Number(environment['OTEL_BSP_MAX_QUEUE_SIZE'] || 2_048);
  if (!Number.isInteger(most) || most < 1 || most > 100_000)
    wrong.push('OTEL_BSP_MAX_QUEUE_SIZE is a whole number from 1 to 100000');
  const headers = readHeaders(environment['OTEL_EXPORTER_OTLP_HEADERS'] || '', wrong);
  if (endpoint === null) return null;
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint))
    wrong.push('OTEL_EXPORTER_OTLP_ENDPOINT is a URL that starts with http:// or https://');
  return {
    ...{ endpoint: endpoint.replace(/\/+$/, ''), headers, serviceName, delayMs, most },
    ...{ sampler: sampler ?? 'always_off', ratio },
  };
}

/** `name=value,name=value`, the values percent-encoded (the format of W3C Baggage, as OpenTelemetry has it). */
function readHeaders(text: string, wrong: string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const part of text.split(',').filter((one) => one.trim() !== '')) {
    const [, name, value] = /^\s*([\w.-]+)\s*=\s*([!-~]*)\s*$/.exec(part) ?? [];
    try {
      if (name === undefined || value === undefined) throw new URIError('no pair');
      headers[name] = decodeURIComponent(value);
    } catch {
      // The value may be a secret and is not repeated.
      wrong.push('OTEL_EXPORTER_OTLP_HEADERS is a list of name=value, divided by commas');
      return {};
    }
  }
  return headers;
}
