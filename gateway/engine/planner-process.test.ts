import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { type PlannerFailure, type PlannerInput, PlannerProcess } from './planner-process.ts';

const unruly = fileURLToPath(new URL('./fixtures/unruly-planner.ts', import.meta.url));
const input: PlannerInput = { sdl: () => 'any', labels: [] };
const holder = {};
const opened: PlannerProcess[] = [];

/** A planner that does what its operations say. */
function openUnruly(): PlannerProcess {
  const made = new PlannerProcess(unruly);
  made.hold(holder);
  opened.push(made);
  return made;
}

afterEach(() => {
  for (const each of opened.splice(0)) each.letGo(holder, []);
});

const failureOf = (plan: Promise<unknown>): Promise<PlannerFailure> =>
  plan.then(
    () => expect.unreachable('It was planned'),
    (failure: PlannerFailure) => failure,
  );

const serviceOf = async (plan: Promise<unknown>): Promise<string> =>
  ((await plan) as { readonly serviceName: string }).serviceName;

const isAlive = (pid: number | null): boolean => {
  try {
    return pid !== null && process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('an operation at which the planner', () => {
  test('aborts is refused, and all others under way are planned by the next process', async () => {
    const planner = openUnruly();
    const others = ['one', 'wait two', 'wait three', 'four', 'five', 'wait six'];
    const plans = others.map((text) => planner.plan(input, text, 60_000));
    const failure = failureOf(planner.plan(input, 'die', 60_000));
    const later = planner.plan(input, 'later', 60_000);
    expect(await failure).toMatchObject({ kind: 'died', message: expect.stringContaining('SIGABRT') });
    expect(await Promise.all(plans.map(serviceOf))).toEqual(others);
    expect(await serviceOf(later)).toBe('later');
  });

  test('never ends is refused at the limit, its process is ended, and all others are planned', async () => {
    const planner = openUnruly();
    expect(await serviceOf(planner.plan(input, 'first', 60_000))).toBe('first');
    const { pid } = planner;
    const stalled = failureOf(planner.plan(input, 'stall', 300));
    expect(await serviceOf(planner.plan(input, 'beside', 60_000))).toBe('beside');
    const waiting = planner.plan(input, 'wait', 60_000);
    expect(await stalled).toMatchObject({ kind: 'late' });
    expect(await serviceOf(waiting)).toBe('wait');
    expect(planner.pid).not.toBe(pid);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  test('says why there is no plan keeps the process', async () => {
    const planner = openUnruly();
    const refused = await failureOf(planner.plan(input, 'refuse', 60_000));
    expect(refused).toMatchObject({ kind: 'refused', message: 'no' });
    const { pid } = planner;
    expect(await serviceOf(planner.plan(input, 'after', 60_000))).toBe('after');
    expect(planner.pid).toBe(pid);
  });
});

test('several that kill it at once are each told, and nobody else', async () => {
  const planner = openUnruly();
  const texts = ['die a', 'well a', 'die b', 'die c', 'well b'];
  const outcomes = await Promise.all(
    texts.map((text) =>
      planner.plan(input, text, 60_000).then(
        () => 'planned',
        ({ kind }) => kind,
      ),
    ),
  );
  expect(outcomes).toEqual(['died', 'planned', 'died', 'died', 'planned']);
});

test('a process killed from outside costs nobody anything', async () => {
  const planner = openUnruly();
  expect(await serviceOf(planner.plan(input, 'first', 60_000))).toBe('first');
  const plans = ['wait a', 'wait b'].map((text) => planner.plan(input, text, 60_000));
  process.kill(planner.pid ?? 0, 'SIGKILL');
  expect(await Promise.all(plans.map(serviceOf))).toEqual(['wait a', 'wait b']);
});

test('a process that cannot be started is told to all who wait, at once', async () => {
  const planner = new PlannerProcess(`${unruly}.missing`);
  const failures = ['a', 'b', 'c', 'd', 'e', 'f'].map((text) => failureOf(planner.plan(input, text, 60_000)));
  for (const failure of await Promise.all(failures)) expect(failure.kind).toBe('unstarted');
});

test('planners that were not asked longest are made again when they are', async () => {
  const planner = openUnruly();
  const inputs = Array.from(
    { length: 30 },
    (_, at): PlannerInput => ({ sdl: () => `sdl ${at}`, labels: [] }),
  );
  for (const each of [...inputs, ...inputs]) {
    expect(await serviceOf(planner.plan(each, 'sdl', 60_000))).toBe(each.sdl());
  }
  expect(Number(await serviceOf(planner.plan(input, 'count', 60_000)))).toBeLessThanOrEqual(12);
});

describe('the process ends', () => {
  test('when nobody holds it any more and nothing is under way', async () => {
    const planner = openUnruly();
    const last = planner.plan(input, 'wait', 60_000);
    await expect.poll(() => isAlive(planner.pid)).toBe(true);
    const { pid } = planner;
    planner.letGo(holder, [input]);
    expect(await serviceOf(last)).toBe('wait');
    expect(planner.pid).toBeNull();
    await expect.poll(() => isAlive(pid)).toBe(false);
    // One who let go too early is served all the same, and leaves nothing behind.
    expect(await serviceOf(planner.plan(input, 'again', 60_000))).toBe('again');
    expect(planner.pid).toBeNull();
  });

  test.each(['idle', 'stalled'])('when its parent is killed while it is %s', async (state) => {
    const parent = fork(fileURLToPath(new URL('./fixtures/planning-parent.ts', import.meta.url)), [state], {
      execArgv: [],
    });
    const pid = await new Promise<number>((resolve) =>
      parent.once('message', (told) => resolve(Number(told))),
    );
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  test('with a parent that has nothing else to do', async () => {
    const parent = fork(fileURLToPath(new URL('./fixtures/planning-parent.ts', import.meta.url)), ['done'], {
      execArgv: [],
    });
    const pid = await new Promise<number>((resolve) =>
      parent.once('message', (told) => resolve(Number(told))),
    );
    expect(await new Promise((resolve) => parent.once('exit', resolve))).toBe(0);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});
