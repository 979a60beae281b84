import { noTracer, ReplayGuard, unreachable } from '@dinhdanh/kit';
import type { LogEvent, LogFields } from '@dinhdanh/kit';
import { indexClaims } from './claim-index.ts';
import { APPEND_SERVICE, openAppendEntries } from './doors/append-entry.ts';
import { openPassThrough } from './doors/pass-through.ts';
import { openReadLog } from './doors/read-log.ts';
import { fetchKeySet } from './doors/fetch-key-set.ts';
import { openPartyChecks } from './dpop/party-checks.ts';
import { createEngine } from './engine/index.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { createHealth } from './health.ts';
import { createMetrics } from './metrics.ts';
import type { Metrics } from './metrics.ts';
import { createRateLimits } from './rate-limits.ts';
import type { RateLimits } from './rate-limits.ts';
import { keepPlanRecords } from './record/plan-records.ts';
import { policyVersionOf } from './record/policy-version.ts';
import type { Rooms } from './rooms.ts';
import { scalarChecks } from './scalar-checks.ts';
import { defaultSettings } from './settings.ts';
import type { GatewaySettings } from './settings.ts';
import { createUpstream } from './upstream/upstream.ts';
import type { UpstreamOutcome } from './upstream/upstream.ts';

/**
 * The codes a service may answer with that the client is told as they are; any other is a failure of the source.
 */
const passingCodes = [
  'UNAUTHENTICATED',
  'NOT_PERMITTED',
  'NOT_FOUND',
  'RATE_LIMITED',
  'BAD_USER_INPUT',
  'ACCOUNT_LOCKED',
  'PASSCODE_REQUIRED',
  'GUARDIAN_REQUIRED',
  'LEVEL_REQUIRED',
  'CONSENT_REQUIRED',
  'CONSENT_EXPIRED',
  'CONSENT_WITHDRAWN',
] as const;

/** Streams of events from one source: a street of desks behind one address. */
const STREAMS_PER_ADDRESS = 32;

/** Makes all that the stages share. @throws for a supergraph that must not be served */
export function openRooms(options: GatewayOptions, ownUrl: () => string): Rooms {
  const { callerKeys, systemKeys, addressKey, log, clock, tracer = noTracer } = options;
  const settings = { ...defaultSettings, ...options.settings };
  const engine = createEngine({
    supergraph: options.supergraph,
    attestationField: 'holder',
    scalars: scalarChecks,
    knownCodes: [...passingCodes],
  });
  const limits = openLimits(settings);
  // Passkeys and cookies belong to a name, and an address is none.
  const publicUrl = (): string => settings.publicUrl ?? ownUrl().replace('//127.0.0.1:', '//localhost:');
  const callerKey = (service: string): Buffer =>
    callerKeys[service] ?? unreachable(`no caller key for ${service}`);
  const doors = openDoors(options, settings, { callerKey, publicUrl, metrics: () => metrics });
  const { upstream, accessLog } = doors;
  const metrics = createMetrics({
    breakers: () => ({ ...upstream.states(), ...doors.passThrough.states() }),
    requestsUnderWay: limits.underWay,
    engine: () => ({ ...engine.stats }),
    unwrittenEntries: accessLog.unwritten,
    traceSpans: () => ({ ...tracer.counts() }),
  });
  const parties = openPartyChecks({
    ...settings,
    key: addressKey,
    publicUrl,
    fetchKeySet: () => fetchKeySet(doors.passThrough, clock),
    clock,
    ...(options.usedProofs === undefined ? {} : { used: options.usedProofs }),
  });
  const claims = indexClaims(engine.schema);
  const health = createHealth({
    engineLoaded: () => true,
    accountsBreaker: () => upstream.states()['accounts'],
    logAway: accessLog.isAway,
  });
  return {
    ...doors,
    publicUrl,
    parties,
    engine,
    claims,
    planRecords: keepPlanRecords(claims),
    policyVersion: policyVersionOf(engine.schema),
    callerKeys,
    callerKey,
    systemKeys,
    systemReplays: new ReplayGuard(),
    addressKey,
    limits,
    metrics,
    health,
    tracer,
    log,
    clock,
    settings,
  };
}

function openLimits(settings: GatewaySettings): RateLimits {
  return createRateLimits({
    perAddress: { requests: settings.requestsPerMinute, perSeconds: 60 },
    perSession: { requests: settings.requestsPerMinute, perSeconds: 60 },
    perSharing: { requests: settings.requestsPerMinute, perSeconds: 60 },
    perParty: { requests: settings.pushedPerMinute, perSeconds: 60 },
    streams: {
      most: settings.concurrentStreams,
      perAddress: Math.min(STREAMS_PER_ADDRESS, settings.concurrentStreams),
    },
    concurrent: settings.concurrentRequests,
  });
}

interface DoorParts {
  readonly callerKey: (service: string) => Buffer;
  readonly publicUrl: () => string;
  readonly metrics: () => Metrics;
}

/** Opens the ways to services. The metrics are there when the first call ends. */
function openDoors(
  options: GatewayOptions,
  settings: GatewaySettings,
  { callerKey, publicUrl, metrics }: DoorParts,
): Pick<Rooms, 'upstream' | 'accessLog' | 'readLog' | 'passThrough' | 'close'> {
  const { services, clock, log } = options;
  const key = (): Buffer => callerKey('access-log');
  const told = {
    clock,
    onEvent: (event: LogEvent, fields: LogFields): void => log.warn(event, fields),
    onCall: (outcome: UpstreamOutcome): void => metrics().callEnded(outcome),
  };
  const upstream = createUpstream({ services: withAppendDoor(services), ...told });
  const pages = openReadLog({ url: services['access-log'], key, ...told });
  const passThrough = openPassThrough({
    url: services['sharing'],
    key: () => callerKey('sharing'),
    publicUrl,
    streams: settings.concurrentStreams,
    ...told,
  });
  const onLost = (count: number): void => metrics().entriesLost(count);
  const accessLog =
    options.accessLog ??
    openAppendEntries({ upstream, key, clock, log, callMs: settings.deadlineMs, onLost });
  return {
    upstream,
    accessLog,
    readLog: pages.read,
    passThrough,
    close: async () => {
      await accessLog.close();
      await Promise.all([upstream.close(), pages.upstream.close(), passThrough.close()]);
    },
  };
}

/** The access log's door for entries is a source of its own: what its searches come to must not close the gate. */
function withAppendDoor(services: GatewayOptions['services']): GatewayOptions['services'] {
  const log = services['access-log'];
  return log === undefined ? services : { ...services, [APPEND_SERVICE]: log };
}
