import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@dinhdanh/start';
import { runSql, ServiceClient } from '@dinhdanh/kit/testing';
import { systemClock } from '@dinhdanh/kit';
import { service } from '@dinhdanh/sharing';
import type { Moment, Step } from '../harness/crashes/child-words.ts';
import { KillableProcess } from '../harness/crashes/killable-process.ts';
import { openServiceDatabases } from '../harness/service-database.ts';
import { addParty } from '../sharing/relying-party.ts';
import { callerKey, openDoor } from '../sharing/sharing-under-test.ts';
import { Random } from './access-log/random.ts';
import type { Experiment } from './experiment.ts';
import { checkGrants } from './sharing/check-grants.ts';
import { beginCrossed } from './sharing/crossed-flow.ts';
import type { Told } from './sharing/crossed-flow.ts';
import type { SharingOrder } from './sharing/sharing-order.ts';

const CHILD = join(import.meta.dirname, 'sharing/sharing-child.ts');
/** Flows under way at once in a round. */
const FLOWS = 4;
const MOMENTS: readonly Moment[] = ['before', 'during', 'after'];
/** From the approval to the token, in the order of the way. */
const STEPS: readonly Step[] = [
  { name: 'approve', text: "SET state = 'APPROVED'" },
  { name: 'grant and ledger', text: 'INSERT INTO consents' },
  { name: 'grant kept', text: 'INSERT INTO artifacts', value: 'Grant' },
  { name: 'grant tied', text: 'SET grant_id =' },
  { name: 'interaction finished', text: 'INSERT INTO artifacts', value: 'Interaction' },
  { name: 'request used', text: 'SET consumed_at =', value: 'PushedAuthorizationRequest' },
  { name: 'code kept', text: 'INSERT INTO artifacts', value: 'AuthorizationCode' },
  { name: 'code redeemed', text: 'ON c.grant_id = used.grant_id' },
  { name: 'token counted', text: 'INSERT INTO artifacts', value: 'Turn' },
];
/** How often each step is met at each moment, and how often it is left to chance. */
const EACH = 1;
const BY_CHANCE = 18;
/** Chance kills within so many milliseconds of the first approval. */
const CHANCE_MS = 900;
const CONTROL = { rounds: 3, earlyMs: 2_000 } as const;

type Kill = { readonly step: Step; readonly moment: Moment } | { readonly afterMs: number };

interface Round {
  readonly kill: Kill;
  readonly isKilled: boolean;
  readonly told: readonly Told[];
  readonly violations: readonly string[];
}

/** Kills sharing at every step from an approval to a token. */
export const experiment: Experiment = {
  about:
    'no grant is there twice and none that was told is lost, whenever sharing is killed between an approval and a token; one that tells before it has written is found out',
  run: async ({ seed, share, screen }) => {
    const random = new Random(`${seed}/consent-crashes`);
    const databases = await openServiceDatabases();
    try {
      const controls = await inRoom(await databases.create('control'), CONTROL.earlyMs, (room) =>
        rounds(
          room,
          Array.from({ length: CONTROL.rounds }, () => ({ afterMs: 0 })),
          screen,
        ),
      );
      const kills = shuffled(killsOf(random, share), random);
      const honest = await inRoom(await databases.create('sharing'), null, (room) =>
        rounds(room, kills, screen),
      );
      return finding(honest, controls);
    } finally {
      await databases.stop();
    }
  },
};

function killsOf(random: Random, share: number): Kill[] {
  const each = Math.max(1, Math.round(EACH * share));
  const atSteps = STEPS.flatMap((step) =>
    MOMENTS.flatMap((moment) => Array.from({ length: each }, () => ({ step, moment }))),
  );
  const chances = Math.max(1, Math.round(BY_CHANCE * share));
  return [...atSteps, ...Array.from({ length: chances }, () => ({ afterMs: random.between(0, CHANCE_MS) }))];
}

function shuffled(kills: readonly Kill[], random: Random): Kill[] {
  return kills
    .map((kill) => ({ kill, place: random.next() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ kill }) => kill);
}

/** Sharing in a process of its own behind a front door, on a database of its own. */
interface Room {
  readonly url: string;
  readonly client: ServiceClient;
  readonly databaseUrl: string;
  readonly child: KillableProcess<SharingOrder>;
  /** Kills a child that tells early between its word and its deed. */
  readonly isControl: boolean;
}

async function inRoom<T>(
  databaseUrl: string,
  earlyMs: number | null,
  work: (room: Room) => Promise<T>,
): Promise<T> {
  await service.migrate(databaseUrl);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const door = await openDoor(origin, systemClock, []);
  const child = new KillableProcess<SharingOrder>(CHILD, {
    ...{ port, databaseUrl, issuer: door.url, callerKey: callerKey.toString('base64url') },
    early: earlyMs === null ? null : { text: 'INSERT INTO consents', ms: earlyMs },
  });
  try {
    const client = new ServiceClient({ origin, name: 'sharing' }, callerKey, systemClock);
    return await work({ url: door.url, client, databaseUrl, child, isControl: earlyMs !== null });
  } finally {
    await child.kill();
    await door.stop();
  }
}

async function rounds(
  room: Room,
  kills: readonly Kill[],
  screen: { readonly write: (text: string) => unknown },
): Promise<Round[]> {
  const done: Round[] = [];
  for (const kill of kills) {
    const round = await crashRound(room, kill);
    done.push(round);
    const what = 'step' in kill ? `${kill.moment} ${kill.step.name}` : `after ${kill.afterMs} ms`;
    screen.write(`${done.length}/${kills.length} ${what}: ${round.violations.join(', ') || 'as told'}\n`);
  }
  return done;
}

async function crashRound(room: Room, kill: Kill): Promise<Round> {
  await room.child.start();
  const party = await addParty({ sql: (text, values) => runSql(room.databaseUrl, text, values) });
  const flows = await Promise.all(Array.from({ length: FLOWS }, () => beginCrossed(room, party)));
  const told = flows.map((flow) => flow.told);
  let isOver = false;
  const supervised = supervise(room, kill, told, () => isOver);
  const ends = await Promise.allSettled(flows.map(({ finish }) => finish()));
  isOver = true;
  const isKilled = await supervised;
  const failed = ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []));
  return { kill, isKilled, told, violations: [...failed, ...(await checkGrants(room.databaseUrl, told))] };
}

/** Kills it once, and starts it again, as whoever supervises it does. Tells whether it was killed. */
async function supervise(
  { child, isControl }: Room,
  kill: Kill,
  told: readonly Told[],
  isOver: () => boolean,
): Promise<boolean> {
  if ('step' in kill) child.killAt(kill);
  else if (isControl) await until(() => told.some(({ isGranted }) => isGranted) || isOver());
  else await sleep(kill.afterMs);
  if (!('step' in kill)) await child.kill();
  await until(() => child.isAway || isOver());
  const isKilled = child.isAway;
  await child.start();
  return isKilled;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(2);
}

function finding(honest: readonly Round[], controls: readonly Round[]) {
  const all = honest.flatMap(({ told }) => told);
  const violations = honest.flatMap((round) => round.violations);
  const killed = honest.filter(({ isKilled }) => isKilled);
  const caught = controls.filter((round) => round.violations.length > 0).length;
  const met = STEPS.map((step) => [
    step.name,
    killed.filter(({ kill }) => 'step' in kill && kill.step.name === step.name).length,
  ]);
  return {
    holds: violations.length === 0 && caught === controls.length && killed.length > 0,
    figures: {
      rounds: honest.length,
      kills: killed.length,
      killsAt: { ...Object.fromEntries(met), chance: killed.filter(({ kill }) => !('step' in kill)).length },
      flows: all.length,
      approvalsTold: all.filter(({ approved }) => approved !== null).length,
      grantsTold: all.filter(({ isGranted }) => isGranted).length,
      tokens: all.filter(({ tokens }) => tokens === 1).length,
      codesSentTwice: all.filter(({ isCodeRepeated }) => isCodeRepeated).length,
      codesLostOnTheWay: all.filter(({ isCodeLost }) => isCodeLost).length,
      violations: violations.length,
      examples: [...new Set(violations)].slice(0, 10),
      control: { ...CONTROL, caught, examples: [...new Set(controls.flatMap((round) => round.violations))] },
    },
  };
}
