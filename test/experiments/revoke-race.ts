import { join } from 'node:path';
import { SEED_TODAY } from '@dinhdanh/people';
import { serviceNames, startSystem } from '@dinhdanh/start';
import type { DemoPerson } from '@dinhdanh/start';
import { startGatewayUnderTest } from '../harness/gateway-under-test.ts';
import type { SharedSystem } from '../harness/global-setup.ts';
import { SYSTEM_OPTIONS } from '../harness/system-options.ts';
import { raceRevoke, rememberConsents } from '../sharing/race-revoke.ts';
import type { RaceResult } from '../sharing/race-revoke.ts';
import * as whole from '../sharing/whole-flow.ts';
import type { Visitor, Way } from '../sharing/whole-flow.ts';
import { rounded } from './experiment.ts';
import type { Experiment } from './experiment.ts';
import { openKeptRounds } from './kept-rounds.ts';
import { removeData } from './people-data.ts';

const ROUNDS = 100;
const READERS = 200;
/** Answers with data before the person withdraws. */
const WARM = 20;
/** Queries that begin after the revoke was answered. */
const AFTER = 50;
/** The control is a gateway that remembers how a consent stood for so long. */
const MEMORY_MS = 1_000;
const ATTEMPTS = 5;
const CONTROL_ROUNDS = 5;
const CONTROL_READERS = 5;

/** A race, and how long it took with the making of its consent. */
interface TimedRace extends RaceResult {
  readonly seconds: number;
}

/**
 * Withdraws a consent while two hundred readers use it, over the front door of a whole system. A run that is stopped goes on
 * where it was.
 */
export const experiment: Experiment = {
  about:
    'no answer that was asked for after a revoke was answered holds data, against 200 readers at once; a gateway that remembers consents for a second is found out',
  run: async ({ folder, share, minutes, screen }) => {
    const stopAt = Date.now() + (minutes ?? Number.POSITIVE_INFINITY) * 60_000;
    const wanted = Math.max(1, Math.round(ROUNDS * share));
    const dataFolder = join(folder, 'revoke-race');
    await removeData(dataFolder);
    const system = await startSystem({
      ...SYSTEM_OPTIONS,
      today: SEED_TODAY,
      roles: new Set(['gateway', ...serviceNames]),
      people: 50,
      webRoot: null,
      dataFolder,
    });
    try {
      const shared: SharedSystem = {
        url: system.url ?? '',
        services: system.demo.services,
        databaseUrls: system.databaseUrls,
        dataFolder,
      };
      const way = await whole.openWay(shared);
      const visitor = await whole.visitorOf(way, system.demo.citizens['level2'] as DemoPerson);
      const caught = await control(shared, way, visitor);
      screen.write(`control: caught in ${caught} of ${CONTROL_ROUNDS} rounds\n`);
      const kept = await openKeptRounds<TimedRace>(folder, `revoke-race-${READERS}-${WARM}-${AFTER}`);
      const rounds = [...kept.rounds];
      while (rounds.length < wanted && Date.now() < stopAt) {
        const round = await raceOnce(way, visitor);
        rounds.push(round);
        await kept.add(round);
        screen.write(`${rounds.length}: ${JSON.stringify(round)}\n`);
      }
      if (rounds.length >= wanted) await kept.clear();
      const found = finding(rounds, caught, kept.starts + 1);
      return { ...found, holds: found.holds && rounds.length >= wanted };
    } finally {
      await system.stop();
      await removeData(dataFolder);
    }
  },
};

/** A race of two hundred against a consent of its own. */
function raceOnce(way: Way, visitor: Visitor): Promise<TimedRace> {
  return again(async () => {
    const startedAt = performance.now();
    const party = await whole.newParty(way);
    const race = await raceRevoke(way, { party, visitor, readers: READERS, atLeast: WARM, after: AFTER });
    return { ...race, seconds: rounded((performance.now() - startedAt) / 1000) };
  });
}

/** A machine that is busy with other things may fail to make a consent in time: then another is made. */
async function again<Result>(make: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await make();
    } catch (failure) {
      if (attempt === ATTEMPTS) throw failure;
    }
  }
}

/** In how many rounds a forgetful gateway was found out. */
async function control(system: SharedSystem, way: Way, visitor: Visitor): Promise<number> {
  const memory = await rememberConsents(system.services['sharing'] ?? '', MEMORY_MS);
  const gateway = await startGatewayUnderTest(system, {
    services: { sharing: memory.url },
    settings: { publicUrl: way.url, deadlineMs: 15_000, requestsPerMinute: 1_000_000 },
  });
  let caught = 0;
  try {
    for (let round = 0; round < CONTROL_ROUNDS; round += 1) {
      const some = CONTROL_READERS;
      const race = { readers: some, atLeast: some, after: some, address: gateway.url };
      const { late } = await again(async () =>
        raceRevoke(way, { ...race, party: await whole.newParty(way), visitor }),
      );
      if (late > 0) caught += 1;
    }
    return caught;
  } finally {
    await gateway.stop();
    await memory.stop();
  }
}

function finding(rounds: readonly TimedRace[], caught: number, starts: number) {
  const sum = (of: (round: TimedRace) => number): number =>
    rounds.reduce((total, round) => total + of(round), 0);
  const revokes = rounds.map(({ revokeMs }) => revokeMs).toSorted((one, other) => one - other);
  const late = sum((round) => round.late);
  const refused = sum((round) => round.refusedAfter);
  return {
    holds: late === 0 && refused >= rounds.length && caught > 0,
    figures: {
      rounds: rounds.length,
      // A run that was stopped went on where it was: seconds are those of its rounds.
      starts,
      secondsOfRounds: rounded(sum(({ seconds }) => seconds)),
      readers: READERS,
      answersBefore: sum((round) => round.before),
      answersWhileRevoking: sum((round) => round.meanwhile),
      answersAfter: late,
      refusedAfter: refused,
      broken: sum((round) => round.broken),
      brokenBy: sumWords(rounds),
      revokedAtFirstAsking: rounds.filter(({ revokeTries }) => revokeTries === 1).length,
      revokeMs: {
        p50: rounded(revokes[Math.floor(revokes.length / 2)] ?? Number.NaN),
        most: rounded(revokes.at(-1) ?? Number.NaN),
      },
      control: { memoryMs: MEMORY_MS, rounds: CONTROL_ROUNDS, caught },
    },
  };
}

function sumWords(rounds: readonly RaceResult[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const [word, count] of rounds.flatMap(({ brokenBy }) => Object.entries(brokenBy)))
    sums[word] = (sums[word] ?? 0) + count;
  return sums;
}
