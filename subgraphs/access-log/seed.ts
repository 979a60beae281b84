import { createHash } from 'node:crypto';
import { legalDateOf, openLog, systemClock, unreachable } from '@dinhdanh/kit';
import type { Seed, SeedOptions } from '@dinhdanh/kit';
import { accessHistory, everybody } from '@dinhdanh/people';
import type { PastReading, ReadPerson } from '@dinhdanh/people';
import pg from 'pg';
import { openAccessLog } from './append/access-log.ts';
import type { AccessLog } from './append/access-log.ts';
import { MAX_GROUP } from './append/append-entry.ts';
import type { AppendEntry } from './append/append-entry.ts';
import { readSettings } from './config.ts';
import { openStore } from './store.ts';

/** How many days are told; all of them lie in the log's present half-year or the one before. */
const DAYS = 120;
/** Readings are told of so many people besides the cast: a history is there to be looked at, not to fill a disk. */
const MOST_PEOPLE = 1_000;
const POLICY_VERSION = 'history-1';

/**
 * Writes the readings of the past as any reading is written: through `append`, entry by entry, with proofs and all.
 * A seed that died goes on where the log ends, since the same options give the same readings in the same order and
 * nothing else writes before it is done.
 */
export const seed: Seed = async (options) => {
  const { databaseUrl, lastAct } = options;
  const settings = readSettings(options.settings);
  const { pool, close } = openStore({ databaseUrl });
  const log = openLog('access-log', 'error');
  const accessLog = openAccessLog({ databaseUrl, pool, settings, clock: systemClock, log });
  const client = new pg.Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    const { rows } = await client.query<{ written: string }>(
      'SELECT coalesce(sum(size), 0) AS written FROM shards',
    );
    await writeHistory(accessLog, Number(rows[0]?.written), options);
    await lastAct?.(client);
  } finally {
    await client.end();
    await accessLog.close();
    await close();
  }
};

async function writeHistory(accessLog: AccessLog, written: number, options: SeedOptions): Promise<void> {
  const readings = [...accessHistory(historyOptions(options))];
  const indices = new Map<string, number>();
  const noted = (reading: PastReading, index: number): void => {
    if (reading.event === 'intent') indices.set(reading.requestId, index);
  };
  for (const [index, reading] of readings.slice(0, written).entries()) noted(reading, index);
  for (let from = written; from < readings.length; ) {
    const group = nextGroup(readings, from);
    const { receipts } = await accessLog.append(group.map((reading) => toEntry(reading, indices)));
    for (const [place, receipt] of receipts.entries()) {
      if (!('index' in receipt)) return unreachable(`a reading of the past was refused: ${receipt.refused}`);
      noted(group[place] ?? unreachable('a receipt too many'), receipt.index);
    }
    from += group.length;
    options.progress(Math.floor((options.people * from) / readings.length));
  }
}

/** As many as one call takes, ended before a reading that completes one of the same call: its index is not known yet. */
function nextGroup(readings: readonly PastReading[], from: number): readonly PastReading[] {
  const group = readings.slice(from, from + MAX_GROUP);
  const requests = new Set<string>();
  for (const [place, { completes, requestId }] of group.entries()) {
    if (completes !== null && requests.has(completes)) return group.slice(0, place);
    requests.add(requestId);
  }
  return group;
}

function historyOptions({ people, seed: word, today }: SeedOptions): Parameters<typeof accessHistory>[0] {
  const now = legalDateOf(systemClock());
  return {
    persons: readPersons({ people: Math.min(people, MOST_PEOPLE), seed: word, today }),
    seed: word,
    // What has not happened yet cannot be told of the past, whatever day the people are told as of.
    until: today < now ? today : now,
    days: DAYS,
  };
}

function readPersons(options: Parameters<typeof everybody>[0]): readonly ReadPerson[] {
  const all = [...everybody(options)];
  const numbers = new Map(all.map(({ account }) => [account?.subject, account?.identifiers?.personalNumber]));
  return all.flatMap(({ index, account }) => {
    const number = account?.identifiers?.personalNumber;
    if (account === undefined || number === undefined || account.status !== 'ACTIVE') return [];
    const wards = account.dependants.flatMap(({ subject }) => numbers.get(subject) ?? []);
    return [{ number, level: account.level ?? 1, isCast: index < 0, wards }];
  });
}

function toEntry(reading: PastReading, indices: ReadonlyMap<string, number>): AppendEntry {
  const { at, actor, completes, requestId, claims, ...same } = reading;
  return {
    ...same,
    time: at,
    claims,
    actor: { ...actor, session: null },
    operationHash: createHash('sha256').update(claims.join(' ')).digest('base64url'),
    policyVersion: POLICY_VERSION,
    requestId,
    completes:
      completes === null ? null : (indices.get(completes) ?? unreachable('completes what was never read')),
  };
}
