import { noTracer, ReplayGuard, unreachable } from '@dinhdanh/kit';
import type { LogEvent, LogFields } from '@dinhdanh/kit';
import { APPEND_SERVICE, openAppendEntries } from './doors/append-entry.ts';
import { openFindCallers } from './doors/find-callers.ts';
import { openPassThrough } from './doors/pass-through.ts';
import { openReadLog } from './doors/read-log.ts';
import { fetchKeySet } from './doors/fetch-key-set.ts';
import { openPartyChecks } from './dpop/party-checks.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { createHealth } from './health.ts';
import { createMetrics } from './metrics.ts';
import type { Metrics } from './metrics.ts';
import { createRateLimits } from './rate-limits.ts';
import type { RateLimits } from './rate-limits.ts';
import type { AppendEntry } from './record/entry.ts';
import { RefusedAttempts } from './record/refused-attempts.ts';
import type { Rooms } from './rooms.ts';
import { openServing } from './serving.ts';
import type { ServingOptions } from './serving.ts';
import { defaultSettings } from './settings.ts';
import type { GatewaySettings } from './settings.ts';
import { writeRefused } from './stages/challenge-party.ts';
import { createUpstream } from './upstream/upstream.ts';
import type { UpstreamOptions, UpstreamOutcome } from './upstream/upstream.ts';

/** Streams of events from one source: a street of desks behind one address. */
const STREAMS_PER_ADDRESS = 32;

/**
 * What ends a reading has connections of its own, to the access log too, and breakers that listen to none but its own calls: it
 * neither queues behind readers nor is turned away because of what came of theirs, and where it is, then for a second.
 */
const ENDING_LIMITS = { connections: 8, breakerLongestOpenMs: 1_000 };

/** Makes all that the stages share. @throws for a supergraph that must not be served */
export async function openRooms(options: GatewayOptions, ownUrl: () => string): Promise<Rooms> {
  const { callerKeys, systemKeys, addressKey, log, clock, tracer = noTracer } = options;
  const settings = { ...defaultSettings, ...options.settings };
  const serving = await openServing({
    ...contractOf(options, settings),
    onReload: (outcome) => metrics.supergraphRead(outcome),
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
    engine: () => ({ ...serving.stats() }),
    unwrittenEntries: () => countUnwritten(doors),
    traceSpans: () => ({ ...tracer.counts() }),
  });
  const write = (entry: AppendEntry): void => writeRefused(entry, { metrics, accessLog });
  const refusedAttempts = new RefusedAttempts({ seconds: settings.refusedSeconds, clock, write });
  const parties = openParties(options, settings, { publicUrl, passThrough: doors.passThrough });
  const health = createHealth({
    engineLoaded: () => true,
    accountsBreaker: () => upstream.stateOf('accounts'),
    logAway: accessLog.isAway,
  });
  return {
    ...doors,
    close: async () => {
      serving.close();
      refusedAttempts.flush();
      await doors.close();
    },
    refusedAttempts,
    publicUrl,
    parties,
    served: serving.current,
    serving,
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

function contractOf(
  { supergraph, supergraphFile = null, documentFiles = [], log }: GatewayOptions,
  settings: GatewaySettings,
): Omit<ServingOptions, 'onReload'> {
  return { supergraph, supergraphFile, documentFiles, settings, log };
}

/** Entries on their way to the log, by either way there; tests give both the same. */
function countUnwritten({ accessLog, endingLog }: Pick<Rooms, 'accessLog' | 'endingLog'>): number {
  return [...new Set([accessLog, endingLog])].reduce((sum, log) => sum + log.unwritten(), 0);
}

function openParties(
  { addressKey, clock, usedProofs }: GatewayOptions,
  settings: GatewaySettings,
  { publicUrl, passThrough }: Pick<Rooms, 'publicUrl' | 'passThrough'>,
): Rooms['parties'] {
  return openPartyChecks({
    ...settings,
    key: addressKey,
    publicUrl,
    fetchKeySet: () => fetchKeySet(passThrough, clock),
    clock,
    ...(usedProofs === undefined ? {} : { used: usedProofs }),
  });
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
    ending: {
      concurrent: settings.endingRequests,
      perAddress: { requests: settings.endingPerMinute, perSeconds: 60 },
      perSession: { requests: settings.endingPerMinute, perSeconds: 60 },
    },
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
): Pick<
  Rooms,
  | 'upstream'
  | 'endingUpstream'
  | 'callers'
  | 'endingCallers'
  | 'accessLog'
  | 'endingLog'
  | 'readLog'
  | 'passThrough'
  | 'close'
> {
  const { services, clock, log } = options;
  const key = (): Buffer => callerKey('access-log');
  const told = {
    clock,
    onEvent: (event: LogEvent, fields: LogFields): void => log.warn(event, fields),
    onCall: (outcome: UpstreamOutcome): void => metrics().callEnded(outcome),
  };
  const ways = openWays(services, settings, told);
  const { upstream, endingUpstream } = ways;
  const lookUp = { key: callerKey('accounts'), clock, log };
  const pages = openReadLog({ url: services['access-log'], key, ...told });
  const passThrough = openPassThrough({
    url: services['sharing'],
    key: () => callerKey('sharing'),
    publicUrl,
    streams: settings.concurrentStreams,
    ...told,
  });
  const onLost = (count: number): void => metrics().entriesLost(count);
  const queue = { key, clock, log, onLost };
  const accessLog =
    options.accessLog ?? openAppendEntries({ ...queue, upstream, callMs: settings.deadlineMs });
  const endingLog =
    options.accessLog ??
    openAppendEntries({ ...queue, upstream: endingUpstream, callMs: settings.endingDeadlineMs });
  return {
    ...ways,
    callers: openFindCallers({ ...lookUp, upstream }),
    endingCallers: openFindCallers({ ...lookUp, upstream: endingUpstream }),
    accessLog,
    endingLog,
    readLog: pages.read,
    passThrough,
    close: async () => {
      await Promise.all([accessLog.close(), endingLog.close()]);
      const all = [upstream, endingUpstream, pages.upstream, passThrough];
      await Promise.all(all.map((way) => way.close()));
    },
  };
}

function openWays(
  given: GatewayOptions['services'],
  { endingRequests }: GatewaySettings,
  told: Omit<UpstreamOptions, 'services' | 'limits'>,
): Pick<Rooms, 'upstream' | 'endingUpstream'> {
  const services = withAppendDoor(given);
  const limits = { ...ENDING_LIMITS, inFlight: endingRequests };
  return {
    upstream: createUpstream({ services, ...told }),
    endingUpstream: createUpstream({ services, limits, ...told }),
  };
}

/** The access log's door for entries is a source of its own: what its searches come to must not close the gate. */
function withAppendDoor(services: GatewayOptions['services']): GatewayOptions['services'] {
  const log = services['access-log'];
  return log === undefined ? services : { ...services, [APPEND_SERVICE]: log };
}
