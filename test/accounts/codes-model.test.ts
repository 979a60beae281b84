import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Crash, openCodes } from './codes-under-test.ts';
import type { CodesUnderTest } from './codes-under-test.ts';

/** What the rules say is there, kept by hand: as plain as can be, so that it can be read and believed. */
interface Model {
  nowSeconds: number;
  /** Of each request: the code that may be answered. */
  readonly living: Map<string, { code: string; tries: number; endsAt: number }>;
  /** When codes were issued, by telephone. */
  readonly issued: Map<string, number[]>;
  readonly wrong: number[];
}

interface Real {
  readonly codes: CodesUnderTest;
  /** Another walk, other people. */
  readonly walk: number;
}

let codes: CodesUnderTest;
let walks = 0;

beforeAll(async () => {
  codes = await openCodes();
});
afterAll(() => codes.stop());

const personOf = ({ walk }: Real, who: number) => ({
  request: `walk ${walk} request ${who}`,
  to: { channel: 'SMS' as const, address: `+84${walk * 10 + who + 900_000_000}` },
  account: String(97_090_000_000 + walk * 10 + who).padStart(12, '0'),
  source: `walk ${walk}`,
});

function within(ats: readonly number[], seconds: number, now: number): number {
  return ats.filter((at) => at > now - seconds).length;
}

/** Whether a code may be issued. */
function mayIssue({ issued, wrong, nowSeconds }: Model, who: string): boolean {
  const ats = issued.get(who) ?? [];
  const all = [...issued.values()].flat();
  return (
    within(ats, 60, nowSeconds) < 1 &&
    within(ats, 3_600, nowSeconds) < 5 &&
    within(ats, 86_400, nowSeconds) < 10 &&
    within(all, 3_600, nowSeconds) < 60 &&
    within(wrong, 3_600, nowSeconds) < 50
  );
}

class Issue implements fc.AsyncCommand<Model, Real> {
  readonly who: number;
  readonly crash: boolean;
  readonly atOnce: number;

  constructor(who: number, crash: boolean, atOnce: number) {
    this.who = who;
    this.crash = crash;
    this.atOnce = atOnce;
  }

  check = (): boolean => true;

  async run(model: Model, real: Real): Promise<void> {
    const person = personOf(real, this.who);
    const may = mayIssue(model, person.request);
    if (this.crash) {
      await expect(real.codes.issue(person, true)).rejects.toBeInstanceOf(Crash);
      return;
    }
    const answers = await Promise.all(Array.from({ length: this.atOnce }, () => real.codes.issue(person)));
    expect(answers.filter((answer) => answer.issued)).toHaveLength(may ? 1 : 0);
    if (!may) return;
    const code = await real.codes.codeSentTo(person.to.address);
    model.living.set(person.request, { code: code ?? '', tries: 0, endsAt: model.nowSeconds + 180 });
    model.issued.set(person.request, [...(model.issued.get(person.request) ?? []), model.nowSeconds]);
  }

  toString = (): string => `issue(${this.who}${this.crash ? ', crash' : ''}, × ${this.atOnce})`;
}

class Check implements fc.AsyncCommand<Model, Real> {
  readonly who: number;
  readonly right: boolean;
  readonly crash: boolean;
  readonly atOnce: number;

  constructor(who: number, right: boolean, crash: boolean, atOnce: number) {
    this.who = who;
    this.right = right;
    this.crash = crash;
    this.atOnce = atOnce;
  }

  check = (): boolean => true;

  async run(model: Model, real: Real): Promise<void> {
    const person = personOf(real, this.who);
    const kept = model.living.get(person.request);
    const code = this.right ? (kept?.code ?? '000000') : otherThan(kept?.code ?? '000000');
    const tried = { ...person, code };
    if (this.crash) {
      await expect(real.codes.check(tried, true)).rejects.toBeInstanceOf(Crash);
      return;
    }
    const answers = await Promise.all(Array.from({ length: this.atOnce }, () => real.codes.check(tried)));
    const expected = Array.from({ length: this.atOnce }, () => this.#expect(model, person.request, code));
    const told = answers.map((answer) => (answer.right ? 'right' : answer.reason));
    expect(told.toSorted()).toEqual(expected.toSorted());
  }

  #expect(model: Model, request: string, code: string): string {
    const { nowSeconds, wrong, living } = model;
    if (within(wrong, 3_600, nowSeconds) >= 50) return 'OTP_SOURCE';
    const kept = living.get(request);
    if (kept === undefined || nowSeconds >= kept.endsAt) {
      wrong.push(nowSeconds);
      return 'OTP_ENDED';
    }
    if (kept.code === code) {
      living.delete(request);
      return 'right';
    }
    wrong.push(nowSeconds);
    kept.tries += 1;
    if (kept.tries < 5) return 'OTP_WRONG';
    living.delete(request);
    return 'OTP_ENDED';
  }

  toString = (): string =>
    `check(${this.who}, ${this.right ? 'right' : 'wrong'}${this.crash ? ', crash' : ''}, × ${this.atOnce})`;
}

class Wait implements fc.AsyncCommand<Model, Real> {
  readonly seconds: number;

  constructor(seconds: number) {
    this.seconds = seconds;
  }

  check = (): boolean => true;

  async run(model: Model, { codes: real }: Real): Promise<void> {
    model.nowSeconds += this.seconds;
    real.clock.advance(this.seconds);
  }

  toString = (): string => `wait(${this.seconds})`;
}

function otherThan(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0');
}

const who = fc.integer({ min: 0, max: 2 });
const crash = fc.integer({ min: 0, max: 7 }).map((drawn) => drawn === 0);
const atOnce = fc.constantFrom(1, 1, 1, 2, 4);
const commands = [
  fc.tuple(who, crash, atOnce).map(([one, dies, times]) => new Issue(one, dies, times)),
  fc.tuple(who, fc.boolean(), crash, atOnce).map((drawn) => new Check(...drawn)),
  fc.tuple(who, fc.boolean(), crash, atOnce).map((drawn) => new Check(...drawn)),
  fc.constantFrom(1, 30, 59, 60, 119, 180, 1_800, 3_600, 86_400).map((seconds) => new Wait(seconds)),
];

describe('one-time codes, walked at random with crashes and many at once', () => {
  it('are always as the rules say: no code right twice or too late, no try too many, no limit passed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 60 }), async (walk) => {
        walks += 1;
        const model: Model = { nowSeconds: 0, living: new Map(), issued: new Map(), wrong: [] };
        await fc.asyncModelRun(() => ({ model, real: { codes, walk: walks } }), walk);
        const beyond = await codes.sql('SELECT 1 FROM otp_challenges WHERE tries > 5');
        expect(beyond).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
