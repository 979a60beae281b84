import type { Clock, Log, ReplayGuard, Tracer } from '@dinhdanh/kit';
import type { AppendEntries } from './doors/append-entry.ts';
import type { FindCallers } from './doors/find-callers.ts';
import type { PassThroughDoor } from './doors/pass-through.ts';
import type { ReadLog } from './doors/read-log.ts';
import type { PartyChecks } from './dpop/party-checks.ts';
import type { Health } from './health.ts';
import type { Metrics } from './metrics.ts';
import type { RefusedAttempts } from './record/refused-attempts.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Served } from './served.ts';
import type { Serving } from './serving.ts';
import type { GatewaySettings } from './settings.ts';
import type { Upstream } from './upstream/upstream.ts';

/** What the stages share; made once at start. */
export interface Rooms {
  /** What is made from the supergraph in force. An exchange takes it when it opens, and nothing else asks for it. */
  readonly served: () => Served;
  readonly serving: Pick<Serving, 'reload' | 'stats'>;
  readonly upstream: Upstream;
  /** The same services, for what ends a reading: see `wayOf`. */
  readonly endingUpstream: Upstream;
  /** Whose sessions requests come with, by either way to accounts. */
  readonly callers: FindCallers;
  readonly endingCallers: FindCallers;
  /** Where every release is written down first. */
  readonly accessLog: AppendEntries;
  /** The same log, for what ends a reading: by connections of its own. */
  readonly endingLog: AppendEntries;
  /** Refused attempts, on their way there. */
  readonly refusedAttempts: RefusedAttempts;
  /** Files of the access log, as they are published. */
  readonly readLog: ReadLog;
  /** The plain HTTP of sharing. */
  readonly passThrough: PassThroughDoor;
  /** What a relying party's call is checked with. */
  readonly parties: PartyChecks;
  /** The gateway's own origin, as browsers and relying parties know it: known once it listens. */
  readonly publicUrl: () => string;
  /** The caller-token key of each service. */
  readonly callerKeys: Readonly<Record<string, Buffer>>;
  /** The same for one service; a service without one cannot be asked. */
  readonly callerKey: (service: string) => Buffer;
  /** The keys of our own services that ask through the front door, by name. */
  readonly systemKeys: Readonly<Record<string, Buffer>>;
  readonly systemReplays: ReplayGuard;
  /** Hides network addresses before they go anywhere. */
  readonly addressKey: Buffer;
  readonly limits: RateLimits;
  readonly metrics: Metrics;
  readonly health: Health;
  /** Makes the spans of requests. */
  readonly tracer: Tracer;
  readonly log: Log;
  readonly clock: Clock;
  readonly settings: GatewaySettings;
  /** Ends what leads to services, the access log last: what is left to be written is tried once more. */
  readonly close: () => Promise<void>;
}
