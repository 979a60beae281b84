import { transitions } from '@dinhdanh/accounts/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { activate, newcomer, Registering, startRegistering } from './registering.ts';
import type { Applicant, RegisteringUnderTest } from './registering.ts';
import { from } from './service-under-test.ts';

let accounts: RegisteringUnderTest;
let rounds = 0;

beforeAll(async () => {
  accounts = await startRegistering();
});
afterAll(() => accounts.stop());

/** What the outside was told last: nothing of it may be lost. */
interface Model {
  readonly done: Set<string>;
  state: string;
}

interface Real {
  readonly registering: Registering;
  readonly applicant: Applicant;
}

type Name =
  | 'declare'
  | 'declareOther'
  | 'terms'
  | 'code'
  | 'password'
  | 'match'
  | 'chip'
  | 'brokenChip'
  | 'portrait'
  | 'submit'
  | 'withdraw'
  | 'activate';

/** How a command is carried out: once, or twice at once as by somebody who did not hear the first answer. */
type Way = 'once' | 'twice';

const runs: Record<Name, (real: Real) => Promise<unknown>> = {
  declare: ({ registering }) => registering.declare(),
  declareOther: ({ registering }) => registering.declare({ currentAddress: 'Phường Khác, Huế' }),
  terms: ({ registering }) => registering.terms(),
  code: async ({ registering }) => {
    accounts.clock.advance(61);
    await registering.sendCode();
    return registering.confirm(registering.code());
  },
  password: ({ registering }) => registering.password(),
  match: ({ registering }) => registering.match(),
  chip: async ({ registering }) => {
    await registering.challenge();
    return registering.chip();
  },
  brokenChip: async ({ registering }) => {
    await registering.challenge();
    accounts.world.chip = { genuine: false, code: 'CHIP_INCOMPLETE', mend: 'READ_AGAIN' };
    await registering.chip();
    accounts.world.chip = null;
  },
  portrait: ({ registering }) => registering.portrait(),
  submit: ({ registering }) => registering.submit(),
  withdraw: ({ registering }) => registering.withdraw(),
  activate: ({ applicant }) => activate(accounts, { username: applicant.number }, from(applicant.number)),
};

class Command implements fc.AsyncCommand<Model, Real> {
  readonly name: Name;
  readonly way: Way;

  constructor(name: Name, way: Way) {
    this.name = name;
    this.way = way;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, real: Real): Promise<void> {
    const run = (): Promise<unknown> => runs[this.name](real);
    if (this.way === 'twice') await Promise.all([run(), run()]);
    else await run();
    await hold(model, real, this);
  }

  toString(): string {
    return `${this.name} ${this.way}`;
  }
}

/** Undone by a step of another content, and by a chip that was not read. */
const undone: Partial<Record<Name, readonly string[]>> = {
  declare: ['MATCH', 'CHIP', 'PORTRAIT'],
  declareOther: ['MATCH', 'CHIP', 'PORTRAIT'],
  chip: ['PORTRAIT'],
  brokenChip: ['CHIP', 'PORTRAIT'],
};

/** What holds after every command, read from the tables themselves. */
async function hold(model: Model, { applicant }: Real, { name }: Command): Promise<void> {
  const [row] = await accounts.sql<{
    id: string;
    state: keyof typeof transitions;
    done: Record<string, string>;
  }>('SELECT id, state::text AS state, done FROM registrations WHERE personal_number = $1', [
    applicant.number,
  ]);
  if (row === undefined) return expect.unreachable('a registration that was begun is gone');
  const history = await accounts.sql<{ from: keyof typeof transitions | null; to: string }>(
    'SELECT from_state::text AS from, to_state::text AS to FROM registration_transitions WHERE registration_id = $1 ORDER BY id',
    [row.id],
  );
  expect(history.at(-1)?.to).toBe(row.state);
  for (const { from: state, to } of history) {
    if (state !== null) expect(Object.values(transitions[state])).toContain(to);
  }
  const lost = [...model.done].filter(
    (step) => row.done[step] === undefined && !undone[name]?.includes(step),
  );
  expect(lost).toEqual([]);
  model.done.clear();
  for (const step of Object.keys(row.done)) model.done.add(step);
  model.state = row.state;
  const counted = await accounts.sql<{
    accounts: number;
    credentials: number;
    images: number;
    received: number;
  }>(
    `SELECT (SELECT count(*)::int FROM accounts WHERE personal_number = $1) AS accounts,
       (SELECT count(*)::int FROM credentials WHERE username = $1) AS credentials,
       (SELECT count(*)::int FROM registration_images WHERE registration_id = $2) AS images,
       (SELECT count(*)::int FROM registration_transitions WHERE registration_id = $2 AND to_state = 'SUBMITTED') AS received`,
    [applicant.number, row.id],
  );
  const isActive = row.state === 'ACTIVATED';
  expect(counted[0]).toMatchObject({ accounts: isActive ? 1 : 0, credentials: isActive ? 1 : 0 });
  expect(counted[0]?.received).toBeLessThanOrEqual(1);
  if (!['OPEN', 'SUBMITTED', 'IN_REVIEW'].includes(row.state)) expect(counted[0]?.images).toBe(0);
}

it('R9 R21: whatever is done in whatever order, once or twice at once: no state that is none, no step lost, one account', async () => {
  const ways = fc.constantFrom<Way>('once', 'twice');
  const inOrder: readonly Name[] = [
    'declare',
    'terms',
    'code',
    'password',
    'match',
    'chip',
    'portrait',
    'submit',
    'activate',
  ];
  const walk = fc.array(
    fc.oneof(
      fc.record({ skip: fc.constant(false), name: fc.constantFrom(...inOrder), way: ways }),
      fc.record({
        skip: fc.constant(false),
        name: fc.constantFrom<Name>('declareOther', 'brokenChip', 'withdraw'),
        way: ways,
      }),
    ),
    { maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: inOrder.length }), ways, walk, async (reached, way, odd) => {
      rounds += 1;
      const place = String(rounds).padStart(3, '0');
      const applicant = { ...newcomer, number: `098${place}000${place}`, phone: `0912000${place}` };
      const registering = await Registering.begin(accounts, applicant);
      const real = { registering, applicant };
      const model: Model = { done: new Set(), state: 'OPEN' };
      const commands = [
        ...inOrder.slice(0, reached).map((name) => new Command(name, way)),
        ...odd.map(({ name, way: how }) => new Command(name, how)),
      ];
      for (const command of commands) await command.run(model, real);
    }),
    { numRuns: 25 },
  );
});
