import { afterAll, beforeAll, expect, it } from 'vitest';
import { openServiceDatabases } from '../harness/service-database.ts';
import type { ServiceDatabases } from '../harness/service-database.ts';
import { openCrashRoom } from './crashes/crash-round.ts';
import type { CrashRoom, Kill } from './crashes/crash-round.ts';

const ANY_COMMIT = { name: 'commit', text: 'COMMIT' } as const;
let databases: ServiceDatabases;
let room: CrashRoom;
let drawn = 0;

beforeAll(async () => {
  databases = await openServiceDatabases();
  // Every fourth request is sent twice.
  const dice = (): number => ((drawn += 1) % 4) / 4;
  room = await openCrashRoom(await databases.create('crashes'), { early: null, dice });
});
afterAll(async () => {
  await room.stop();
  await databases.stop();
});

it.each<Kill>([
  { step: ANY_COMMIT, moment: 'after', skip: 9 },
  { step: { name: 'account', text: 'INSERT INTO accounts' }, moment: 'after' },
  { afterMs: 150 },
])(
  'R9 R21: killed at %o and started again, accounts loses no step that was told, and opens one account a person',
  async (kill) => {
    const round = await room.round(kill);
    expect(round.violations).toEqual([]);
    expect(round.isKilled).toBe(true);
    const states = round.told.map(({ state, isActivated }) => (isActivated ? 'ACTIVATED' : state));
    expect(states.slice(0, 2)).toEqual(['ACTIVATED', 'ACTIVATED']);
    // Two registered as one person: whoever was second is refused.
    expect(states.slice(2)).toContain('ACTIVATED');
  },
);
