import { createHash } from 'node:crypto';
import { AppError } from '@dinhdanh/kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { groundsOf } from './capacity.ts';
import type { Caller } from './caller.ts';
import type { PublishedPage } from './stages/release.ts';
import type { LogPage } from './doors/read-log.ts';
import type { Exchange } from './exchange.ts';
import { filled } from './exchange.ts';
import { readLogPath } from './log-path.ts';
import { openExchange } from './open-exchange.ts';
import { actorOf } from './record/compose-entries.ts';
import type { AppendEntry } from './record/entry.ts';
import type { Rooms } from './rooms.ts';
import { identifyCaller } from './stages/identify-caller.ts';
import { enterCounted, limitSession } from './stages/limit-rate.ts';
import { readCase } from './stages/read-case.ts';
import { releaseLogPage } from './stages/release.ts';

/** Puts a refusal or a fault into words and sends it. */
export type Refuse = (exchange: Exchange, failure: unknown) => Promise<unknown>;

/** The case under which entries are read where the auditor names none: whoever verifies a log reads all of it. */
const VERIFICATION = 'log-verification';

const PREFIX = '/log/';

/**
 * Serves the access log as it is published (C2SP tlog-tiles): checkpoints and hash tiles to everybody, without a session;
 * bundles of entries to signed-in auditors, each reading written down first.
 */
export function serveLog(server: FastifyInstance, rooms: Rooms, refuse: Refuse): void {
  server.route({
    method: ['GET', 'HEAD'],
    url: `${PREFIX}*`,
    handler: async (request, reply) => {
      const exchange = openExchange(request, reply, rooms);
      try {
        await enterCounted(exchange, rooms.limits);
        await releaseLogPage(exchange, await readPage(request, exchange, rooms));
      } catch (failure) {
        await refuse(exchange, failure);
      }
      return reply;
    },
  });
}

async function readPage(request: FastifyRequest, exchange: Exchange, rooms: Rooms): Promise<PublishedPage> {
  const asked = readLogPath((request.raw.url ?? '').slice(PREFIX.length));
  if (asked === null) throw new AppError('NOT_FOUND', { internal: 'no file of a log' });
  const { path, isBundle } = asked;
  const auditor = isBundle ? await admitAuditor(exchange, rooms) : null;
  if (auditor !== null) await recordReading(exchange, auditor, path, rooms);
  const page = await rooms.readLog({
    path,
    requestId: exchange.id,
    deadlineAt: exchange.deadlineAt,
    auditor: auditor?.id ?? null,
  });
  // What an auditor was shown is nobody else's: no cache keeps it.
  return publish(auditor === null ? page : { ...page, cacheControl: 'private, no-store' });
}

async function admitAuditor(exchange: Exchange, rooms: Rooms): Promise<Caller> {
  await identifyCaller(exchange, rooms);
  await limitSession(exchange, rooms.limits);
  const caller = filled(exchange, 'caller');
  if (caller.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', { internal: 'entries of the log' });
  if (caller.kind !== 'auditor') throw new AppError('NOT_PERMITTED', { internal: 'entries of the log' });
  exchange.caseId = readCase(exchange.request.headers);
  return caller;
}

async function recordReading(exchange: Exchange, auditor: Caller, path: string, rooms: Rooms): Promise<void> {
  const entry: AppendEntry = {
    time: rooms.clock().toISOString(),
    event: 'audit-read',
    actor: actorOf(auditor, false),
    subjects: [],
    ...groundsOf(auditor, true),
    consentId: null,
    caseId: exchange.caseId ?? VERIFICATION,
    claims: ['access.audit'],
    sources: ['access-log'],
    refusal: null,
    operationHash: null,
    policyVersion: exchange.served.policyVersion,
    requestId: exchange.id,
    level: auditor.level,
    completes: null,
    detail: { fields: [path], address: exchange.address, device: exchange.device },
  };
  await rooms.accessLog.append([entry], exchange.deadlineAt);
  rooms.metrics.entryWritten(entry.event);
}

function publish(page: LogPage): PublishedPage {
  const etag = `"${createHash('sha256').update(page.bytes).digest('base64url').slice(0, 22)}"`;
  return { ...page, etag };
}
