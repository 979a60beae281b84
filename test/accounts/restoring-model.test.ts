import { transitions } from '@dinhdanh/accounts/testing';
import type { TestCaller } from '@dinhdanh/kit/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { activate, startRegistering } from './registering.ts';
import type { Registering, RegisteringUnderTest } from './registering.ts';
import { addOwner, begin, international, owners, ownersCaller, tend } from './restoring.ts';
import { somebody } from './somebody.ts';
import type { OwnerUnderTest, Purpose } from './restoring.ts';
import { from } from './service-under-test.ts';

let accounts: RegisteringUnderTest;

beforeAll(async () => {
  accounts = await startRegistering();
});
afterAll(() => accounts.stop());

interface Walk {
  readonly purpose: Purpose;
  readonly owner: OwnerUnderTest;
  readonly caller: TestCaller;
  readonly registering: Registering;
  readonly newPhone: string;
  readonly id: string;
  readonly before: Kept;
  /** Steps whose doing was answered. */
  readonly done: Set<string>;
}

/** What a change may change, and what stands beside it. */
interface Kept {
  readonly password: string;
  readonly passcode: string;
  readonly phone: string;
  readonly device: string | null;
  readonly accounts: number;
}

const channels: Readonly<Record<Purpose, string>> = {
  PASSWORD: 'ACCOUNT_PHONE',
  DEVICE: 'PHONE',
  PHONE: 'PHONE',
};

const runs = {
  declare: ({ registering }: Walk) => registering.declare(),
  declareOther: ({ registering }: Walk) => registering.declare({ currentAddress: 'Phường Khác, Huế' }),
  code: async ({ registering, purpose }: Walk) => {
    accounts.clock.advance(61);
    await registering.sendCode(channels[purpose]);
    return registering.confirm(registering.code(), channels[purpose]);
  },
  match: ({ registering }: Walk) => registering.match(),
  chip: async ({ registering }: Walk) => {
    await registering.challenge();
    return registering.chip();
  },
  portrait: ({ registering }: Walk) => registering.portrait(),
  password: ({ registering }: Walk) => registering.password(),
  submit: ({ registering }: Walk) => registering.submit(),
  nextDay: async () => {
    accounts.clock.advance(86_400);
    return tend(accounts);
  },
  tend: () => tend(accounts),
  activate: ({ owner }: Walk) => activate(accounts, { username: owner.number }, from(owner.number)),
  withdraw: ({ registering }: Walk) => registering.withdraw(),
  refuse: ({ caller, id }: Walk) => owners(accounts, caller).refuse(id),
  confirm: ({ caller, id }: Walk) => owners(accounts, caller).confirm(id),
  lock: ({ caller }: Walk) => owners(accounts, caller).lock('SUSPECTED_MISUSE'),
} as const;

type Name = keyof typeof runs;

const inOrder: readonly Name[] = [
  'declare',
  'code',
  'match',
  'chip',
  'portrait',
  'password',
  'submit',
  'nextDay',
  'activate',
];
const odd: readonly Name[] = ['declareOther', 'tend', 'withdraw', 'refuse', 'confirm', 'lock', 'nextDay'];

/** Undone by a step of another content. */
const undone: Partial<Record<Name, readonly string[]>> = {
  declare: ['MATCH', 'CHIP', 'PORTRAIT'],
  declareOther: ['MATCH', 'CHIP', 'PORTRAIT'],
  chip: ['PORTRAIT'],
};

async function keptOf({ subject, number }: OwnerUnderTest): Promise<Kept> {
  const [row] = await accounts.sql<Kept & Record<string, unknown>>(
    `SELECT c.password_hash AS password, c.passcode_hash AS passcode, a.phone, a.device_model AS device,
       (SELECT count(*)::int FROM accounts WHERE personal_number = $2) AS accounts
     FROM accounts a JOIN credentials c ON c.subject = a.subject WHERE a.subject = $1`,
    [subject, number],
  );
  if (row === undefined) return expect.unreachable('an account is gone');
  return row;
}

interface RegistrationRow extends Record<string, unknown> {
  readonly state: keyof typeof transitions;
  readonly done: Record<string, string>;
  readonly effective: Date | null;
  readonly activated: Date | null;
  readonly images: number;
}

/** What holds after every command, read from the tables themselves. */
async function hold(walk: Walk, name: Name): Promise<void> {
  const [row] = await accounts.sql<RegistrationRow>(
    `SELECT state::text AS state, done, effective_at AS effective, activated_at AS activated,
       (SELECT count(*)::int FROM registration_images WHERE registration_id = $1) AS images
     FROM registrations WHERE id = $1`,
    [walk.id],
  );
  if (row === undefined) return expect.unreachable('a registration that was begun is gone');
  const history = await accounts.sql<{ from: keyof typeof transitions | null; to: string }>(
    'SELECT from_state::text AS from, to_state::text AS to FROM registration_transitions WHERE registration_id = $1 ORDER BY id',
    [walk.id],
  );
  expect(history.at(-1)?.to).toBe(row.state);
  for (const { from: state, to } of history) {
    if (state !== null) expect(Object.values(transitions[state])).toContain(to);
  }
  const lost = [...walk.done].filter((step) => row.done[step] === undefined && !undone[name]?.includes(step));
  expect(lost).toEqual([]);
  walk.done.clear();
  for (const step of Object.keys(row.done)) walk.done.add(step);
  if (!['OPEN', 'SUBMITTED', 'IN_REVIEW'].includes(row.state)) expect(row.images).toBe(0);
  if (row.activated !== null)
    expect(row.activated.getTime()).toBeGreaterThanOrEqual(row.effective?.getTime() ?? 0);
  expectChanged(walk, await keptOf(walk.owner), row.state === 'ACTIVATED');
  const changed = { PASSWORD: 'PASSWORD_CHANGED', DEVICE: 'DEVICE_CHANGED', PHONE: 'PHONE_CHANGED' } as const;
  const told = accounts.messagesTo(walk.owner.email).filter(({ kind }) => kind === changed[walk.purpose]);
  expect(told).toHaveLength(row.state === 'ACTIVATED' ? 1 : 0);
}

/** The account is as it was until the change is carried out, and then no more has changed than was asked for. */
function expectChanged({ purpose, before, newPhone }: Walk, now: Kept, isDone: boolean): void {
  expect(now.accounts).toBe(1);
  expect(now.password !== before.password).toBe(isDone && purpose !== 'PHONE');
  expect(now.passcode !== before.passcode).toBe(isDone && purpose === 'DEVICE');
  expect(now.device !== before.device).toBe(isDone && purpose === 'DEVICE');
  expect(now.phone).toBe(isDone && purpose === 'PHONE' ? international(newPhone) : before.phone);
}

async function startWalk(purpose: Purpose): Promise<Walk> {
  const owner = await addOwner(accounts);
  const newPhone = somebody().phone;
  const caller = await ownersCaller(accounts, owner);
  // Its window stays open however far the clock goes.
  await accounts.sql(
    `UPDATE sessions SET passcode_until = '2099-01-01', expires_at = '2099-01-01' WHERE subject = $1`,
    [owner.subject],
  );
  const registering = await begin(accounts, purpose, owner, purpose === 'PHONE' ? newPhone : undefined);
  const [row] = await accounts.sql<{ id: string }>(
    'SELECT id FROM registrations WHERE personal_number = $1',
    [owner.number],
  );
  const before = await keptOf(owner);
  return { purpose, owner, caller, registering, newPhone, id: row?.id ?? '', before, done: new Set() };
}

const way = fc.constantFrom<'once' | 'twice'>('once', 'twice');
const commands = fc.array(fc.tuple(fc.constantFrom(...inOrder, ...odd), way), { maxLength: 4 });
const reached = fc.integer({ min: 4, max: inOrder.length });

it.each<Purpose>(['PASSWORD', 'DEVICE', 'PHONE'])(
  'R101: %s: whatever is done in whatever order, once or twice at once: nothing changes but by a change that is carried out, once',
  async (purpose) => {
    await fc.assert(
      fc.asyncProperty(reached, way, commands, async (steps, how, others) => {
        const walk = await startWalk(purpose);
        const first = inOrder.slice(0, steps).map((name) => [name, how] as const);
        for (const [name, times] of [...first, ...others]) {
          const run = (): Promise<unknown> => runs[name](walk);
          await Promise.all(times === 'twice' ? [run(), run()] : [run()]);
          await hold(walk, name);
        }
      }),
      // Whatever is drawn, one walk goes all the way, each step twice at once.
      { numRuns: 4, examples: [[inOrder.length, 'twice', []]] },
    );
  },
);
