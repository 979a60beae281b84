import { ReplayGuard, unreachable } from '@dinhdanh/kit';
import { indexClaims } from './claim-index.ts';
import { APPEND_SERVICE, openAppendEntries } from './doors/append-entry.ts';
import { openReadLog } from './doors/read-log.ts';
import { createEngine } from './engine/index.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { createHealth } from './health.ts';
import { createMetrics } from './metrics.ts';
import { createRateLimits } from './rate-limits.ts';
import { keepPlanRecords } from './record/plan-records.ts';
import { policyVersionOf } from './record/policy-version.ts';
import type { Rooms } from './rooms.ts';
import { scalarChecks } from './scalar-checks.ts';
import { defaultSettings } from './settings.ts';
import { createUpstream } from './upstream/upstream.ts';

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
] as const;

/** Makes all that the stages share. @throws for a supergraph that must not be served */
export function openRooms(options: GatewayOptions): Rooms {
  const { callerKeys, systemKeys, addressKey, log, clock } = options;
  const settings = { ...defaultSettings, ...options.settings };
  const engine = createEngine({
    supergraph: options.supergraph,
    attestationField: 'holder',
    scalars: scalarChecks,
    knownCodes: [...passingCodes],
  });
  const limits = createRateLimits({
    perAddress: { requests: settings.requestsPerMinute, perSeconds: 60 },
    perSession: { requests: settings.requestsPerMinute, perSeconds: 60 },
    concurrent: settings.concurrentRequests,
  });
  const upstream = createUpstream({
    services: withAppendDoor(options.services),
    clock,
    onEvent: (event, fields) => log.warn(event, fields),
    onCall: (outcome) => metrics.callEnded(outcome),
  });
  const callerKey = (service: string): Buffer =>
    callerKeys[service] ?? unreachable(`no caller key for ${service}`);
  const accessLog =
    options.accessLog ??
    openAppendEntries({
      upstream,
      key: () => callerKey('access-log'),
      clock,
      log,
      callMs: settings.deadlineMs,
      onLost: (count) => metrics.entriesLost(count),
    });
  const readLog = openReadLog({
    url: options.services['access-log'],
    key: () => callerKey('access-log'),
    clock,
    onEvent: (event, fields) => log.warn(event, fields),
    onCall: (outcome) => metrics.callEnded(outcome),
  });
  const metrics = createMetrics({
    breakers: upstream.states,
    requestsUnderWay: limits.underWay,
    engine: () => ({ ...engine.stats }),
    unwrittenEntries: accessLog.unwritten,
  });
  const claims = indexClaims(engine.schema);
  return {
    engine,
    claims,
    upstream,
    accessLog,
    readLog: readLog.read,
    planRecords: keepPlanRecords(claims),
    policyVersion: policyVersionOf(engine.schema),
    callerKeys,
    callerKey,
    systemKeys,
    systemReplays: new ReplayGuard(),
    addressKey,
    limits,
    metrics,
    health: createHealth({
      engineLoaded: () => true,
      accountsBreaker: () => upstream.states()['accounts'],
      logAway: accessLog.isAway,
    }),
    log,
    clock,
    settings,
    close: async () => {
      await accessLog.close();
      await Promise.all([upstream.close(), readLog.upstream.close()]);
    },
  };
}

/** The access log's door for entries is a source of its own: what its searches come to must not close the gate. */
function withAppendDoor(services: GatewayOptions['services']): GatewayOptions['services'] {
  const log = services['access-log'];
  return log === undefined ? services : { ...services, [APPEND_SERVICE]: log };
}
