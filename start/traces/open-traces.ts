import { noTracer } from '@dinhdanh/kit';
import type { Tracer } from '@dinhdanh/kit';
import type { RoleName } from '../service-names.ts';
import type { TraceEnvironment } from './config.ts';

/** The tracers of one start. */
export interface Traces {
  readonly of: (role: RoleName) => Tracer;
  readonly close: () => Promise<void>;
}

/** What a start's options say of traces. */
export interface TraceOptions {
  /** Where traces go; nothing is traced where it is left out. */
  readonly traces?: TraceEnvironment | null;
  readonly roles: ReadonlySet<RoleName>;
}

/** Opens the traces of all that runs in this process. OpenTelemetry is loaded only where there is somewhere to send them. */
export async function openTraces({ traces, roles }: TraceOptions): Promise<Traces> {
  if (traces === undefined || traces === null) return { of: () => noTracer, close: async () => undefined };
  const { serviceName, ...settings } = traces;
  const isAlone = roles.size === 1;
  const nameOf = (role: string): string => {
    if (serviceName === null) return role;
    return isAlone ? serviceName : `${serviceName}.${role}`;
  };
  const { openTracing } = await import('@dinhdanh/kit/tracing');
  const tracing = openTracing({ ...settings, nameOf });
  return { of: tracing.of, close: tracing.close };
}
