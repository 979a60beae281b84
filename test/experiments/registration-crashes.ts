import type { CrashRound, Kill } from '../accounts/crashes/crash-round.ts';
import { openCrashRoom } from '../accounts/crashes/crash-round.ts';
import type { Moment } from '../harness/crashes/child-words.ts';
import { openServiceDatabases } from '../harness/service-database.ts';
import { Random } from './access-log/random.ts';
import type { Experiment } from './experiment.ts';

const MOMENTS: readonly Moment[] = ['before', 'during', 'after'];
/** Four registrations at once are some so many commits and statements: anywhere among them. */
const COMMITS = 60;
const STATEMENTS = 500;
/** How often it is killed between a commit and its answer, at any moment of any statement, and at any time. */
const ROUNDS = { commits: 24, statements: 24, chance: 12 } as const;
const CHANCE_MS = 1_500;
const CONTROL = { rounds: 3, early: { text: 'COMMIT', ms: 1_500 } } as const;

/** Kills accounts wherever a registration may be. */
export const experiment: Experiment = {
  about:
    'whenever accounts is killed while people register: no state that is none, no step lost that was told, one account a person; one that tells before it has written is found out',
  run: async ({ seed, share, screen }) => {
    const random = new Random(`${seed}/registration-crashes`);
    const dice = (): number => random.next();
    const databases = await openServiceDatabases();
    const rounds = async (name: string, early: typeof CONTROL.early | null, kills: readonly Kill[]) => {
      const room = await openCrashRoom(await databases.create(name), { early, dice });
      const done: CrashRound[] = [];
      try {
        for (const kill of kills) {
          const round = await room.round(kill);
          done.push(round);
          const found = round.violations.join(', ') || 'as told';
          screen.write(`${done.length}/${kills.length} ${JSON.stringify(kill)}: ${found}\n`);
        }
      } finally {
        await room.stop();
      }
      return done;
    };
    try {
      const early = Array.from({ length: CONTROL.rounds }, () => ({ afterMs: 0 }));
      const controls = await rounds('control', CONTROL.early, early);
      return finding(await rounds('accounts', null, killsOf(random, share)), controls);
    } finally {
      await databases.stop();
    }
  },
};

function killsOf(random: Random, share: number): Kill[] {
  const times = (count: number, kill: () => Kill): Kill[] =>
    Array.from({ length: Math.max(1, Math.round(count * share)) }, kill);
  return [
    ...times(ROUNDS.commits, () => ({
      step: { name: 'commit', text: 'COMMIT' },
      moment: 'after',
      skip: random.between(0, COMMITS),
    })),
    ...times(ROUNDS.statements, () => ({
      step: { name: 'any', text: '' },
      moment: MOMENTS[random.between(0, MOMENTS.length - 1)] ?? 'after',
      skip: random.between(0, STATEMENTS),
    })),
    ...times(ROUNDS.chance, () => ({ afterMs: random.between(0, CHANCE_MS) })),
  ];
}

function finding(honest: readonly CrashRound[], controls: readonly CrashRound[]) {
  const told = honest.flatMap((round) => round.told);
  const violations = honest.flatMap((round) => round.violations);
  const killed = honest.filter(({ isKilled }) => isKilled);
  const caught = controls.filter((round) => round.violations.length > 0).length;
  const at = (name: string): number =>
    killed.filter(({ kill }) => ('step' in kill ? kill.step.name : 'chance') === name).length;
  const sum = (count: (one: (typeof told)[number]) => number): number =>
    told.reduce((all, one) => all + count(one), 0);
  return {
    holds: violations.length === 0 && caught === controls.length && killed.length > 0,
    figures: {
      rounds: honest.length,
      kills: killed.length,
      killsAt: { afterACommit: at('commit'), atAStatement: at('any'), atAnyTime: at('chance') },
      registrations: told.length,
      stepsTold: sum(({ done }) => done.size),
      answersLost: sum(({ lost }) => lost),
      sentTwiceAtOnce: sum(({ doubled }) => doubled),
      activated: sum(({ isActivated }) => (isActivated ? 1 : 0)),
      refusedAsSecond: sum(({ state }) => (state === 'REJECTED' ? 1 : 0)),
      violations: violations.length,
      examples: [...new Set(violations)].slice(0, 10),
      control: {
        ...{ rounds: controls.length, caught },
        examples: [...new Set(controls.flatMap((round) => round.violations))].slice(0, 5),
      },
    },
  };
}
