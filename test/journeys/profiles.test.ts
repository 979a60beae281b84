import { runSql } from '@dinhdanh/kit/testing';
import type { PersonaKey } from '@dinhdanh/people';
import type { DemoPerson } from '@dinhdanh/start';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { alone } from '../harness/alone.ts';
import { keepPicture, openBrowser } from '../harness/browser.ts';
import { readDemo } from '../harness/client.ts';
import { cast, persona } from '../harness/told-people.ts';
import { expectedAccount, expectedAtLevelOne, expectedWallet } from './expected-account.ts';
import { vehicleKicker } from './expected-documents.ts';
import type { ExpectedPart } from './expected-identity.ts';
import { expectedProfile } from './expected-profile.ts';
import { readFacts, readParts, unfold } from './read-screen.ts';
import type { ScreenPart } from './read-screen.ts';
import { goTo, signInAs, visit } from './visit.ts';
import type { Visit } from './visit.ts';
import { day, instant, wordFor } from './words.ts';

const system = inject('system');
const { url, dataFolder, databaseUrls } = system;
const demo = readDemo(dataFolder);
const personOf = (key: PersonaKey): DemoPerson =>
  ({ ...demo.citizens, ...demo.staff })[key] ?? expect.unreachable('in demo.json');

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Reads the whole profile on the screen, unfolded. */
async function readProfile({ page, main }: Visit): Promise<readonly ScreenPart[]> {
  await unfold(main);
  return readParts(page);
}

/** Compares a profile with what the cast states by hand: every line, every source. */
function expectParts(shown: readonly ScreenPart[], expected: readonly ExpectedPart[]): void {
  expect(shown.map(comparable)).toEqual(expected.map(comparable));
  for (const [position, { title, sources }] of shown.entries()) {
    const lines = expected[position]?.sources ?? [];
    expect(sources.length, title).toBe(lines.length);
    for (const [order, source] of sources.entries()) {
      expect(lines[order], title).toContain(source.said);
      expect(Date.now() - Date.parse(source.readAt)).toBeLessThan(120_000);
      expect(source.readAtSaid).toBe(instant(source.readAt));
    }
  }
}

/** No order of vehicles is promised, so theirs is taken out of the comparison. */
function comparable({ title, lines }: ScreenPart | ExpectedPart): object {
  const blocks = lines.join('\n').split(new RegExp(`^(?=${vehicleKicker}$)`, 'm'));
  const last = blocks.at(-1)?.split(/^(?=# Biển số đang giữ lại$)/m) ?? [];
  return { title, lines: [...blocks.slice(0, -1), ...last].map((block) => block.trim()).toSorted() };
}

/** The personas who see their whole profile: level 2, active, of age. */
const readers = cast.filter(
  ({ account, key }) =>
    account.level === 2 && account.status === 'ACTIVE' && key !== 'minor' && key !== 'ward',
);

describe('a person who signs in by screen sees what the cast states, every value of it', () => {
  it.each(readers.map((reader) => [reader.key, reader] as const))('%s', async (key, { records }) => {
    await alone(system, key, async () => {
      const visitor = await visit(browser, url);
      await signInAs(visitor, personOf(key));
      expectParts(await readProfile(visitor), expectedProfile(records));
      await keepPicture(visitor.page, 'profile', key);
    });
  });

  it('R52: in the wallet and on the account too', async () => {
    const visitor = await visit(browser, url);
    await signInAs(visitor, personOf('level2'));
    await goTo(visitor, 'wallet');
    await unfold(visitor.main);
    expectParts(await readParts(visitor.page), expectedWallet(persona('level2')));
    await keepPicture(visitor.page, 'wallet', 'level2');
    await goTo(visitor, 'account');
    expect(await readFacts(visitor.page)).toEqual(expectedAccount(persona('level2')));
  });
});

describe('a guardian sees the same of each ward', () => {
  it.each([
    ['guardian', 'child'],
    ['guardian', 'ward'],
    ['level2', 'minor'],
  ] as const)('%s of %s', async (guardian, ward) => {
    const { account, records } = persona(ward);
    const { fullName, dateOfBirth } = records.population ?? expect.unreachable('a citizen');
    const relation = persona(guardian).account.dependants.find(({ subject }) => subject === account.subject);
    const { relation: kind, endsOn } = relation ?? expect.unreachable('a relation in the cast');
    const visitor = await visit(browser, url);
    const { page, main } = visitor;
    await signInAs(visitor, personOf(guardian));
    await goTo(visitor, 'dependants');
    const item = main.getByRole('listitem').filter({ hasText: fullName });
    expect(await item.getByRole('paragraph').allTextContents()).toEqual([
      fullName,
      `${wordFor('relation', kind)} · Ngày sinh ${day(dateOfBirth)}`,
      endsOn === null ? 'Không ghi ngày chấm dứt' : `Bạn thay mặt đến hết ngày trước ${day(endsOn)}`,
    ]);
    await item.getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: `Hồ sơ của ${fullName}` }).waitFor();
    await main.getByText(`Bạn đang xem thay cho ${fullName}.`).waitFor();
    expectParts(await readProfile(visitor), expectedProfile(records));
    await keepPicture(page, 'ward', ward);
  });
});

describe('level 1', () => {
  it('shows the basic parts, and for the rest says what opens it', async () => {
    const visitor = await visit(browser, url);
    await signInAs(visitor, personOf('level1'));
    expectParts(await readProfile(visitor), expectedAtLevelOne(persona('level1').records));
    await visitor.main.getByText('Tài khoản của bạn ở mức độ 1').waitFor();
    await visitor.main.getByText(/^Mức độ 2 mở: .*Công an cấp xã/).waitFor();
    await keepPicture(visitor.page, 'profile', 'level1');
  });

  it('fails the comparison when one row was altered (control)', async () => {
    const databaseUrl = databaseUrls.population ?? expect.unreachable('a database each');
    const { account, records } = persona('level1');
    const truth = records.population?.email ?? expect.unreachable('an address');
    const put = (value: string): Promise<unknown> =>
      runSql(
        databaseUrl,
        `UPDATE citizens SET email = '${value}' WHERE personal_number = '${account.username}'`,
      );
    const visitor = await visit(browser, url);
    await put('altered@example.com');
    try {
      await signInAs(visitor, personOf('level1'));
      const parts = await readProfile(visitor);
      expect(() => expectParts(parts, expectedAtLevelOne(records))).toThrow('to deeply equal');
    } finally {
      await put(truth);
    }
  });
});

describe('accounts that are shut', () => {
  it('locked: its state and reason, and nothing else', async () => {
    const visitor = await visit(browser, url);
    await signInAs(visitor, personOf('locked'));
    const { lockReason, lockedAt } = persona('locked').account;
    await visitor.page.getByRole('heading', { level: 1, name: 'Tài khoản đang bị khóa' }).waitFor();
    expect(await readFacts(visitor.page)).toEqual([
      'Trạng thái: Đã khóa',
      `Lý do: ${wordFor('lockReason', lockReason ?? '')}`,
      `Khóa lúc: ${instant(lockedAt ?? '')}`,
    ]);
    await expectNothingOf(visitor, 'locked');
    await keepPicture(visitor.page, 'account', 'locked');
  });

  it('of a minor: waits for the guardian', async () => {
    const visitor = await visit(browser, url);
    await signInAs(visitor, personOf('minor'));
    await visitor.page.getByRole('heading', { level: 1, name: 'Cần người giám hộ xác nhận' }).waitFor();
    await visitor.main.getByText(/có thể đăng nhập tài khoản của mình và xem hồ sơ của bạn/).waitFor();
    await expectNothingOf(visitor, 'minor');
    await keepPicture(visitor.page, 'account', 'minor');
  });

  it('of staff: says that it has no profile', async () => {
    const visitor = await visit(browser, url);
    await signInAs(visitor, personOf('officer'));
    await visitor.page.getByRole('heading', { level: 1, name: 'Tài khoản cán bộ' }).waitFor();
    expect(await readFacts(visitor.page)).toEqual([]);
    await keepPicture(visitor.page, 'account', 'staff');
  });
});

/** No place of the menu but the way out, and not a word of the record. */
async function expectNothingOf({ page, labels }: Visit, key: PersonaKey): Promise<void> {
  const { population } = persona(key).records;
  const text = await page.locator('body').innerText();
  for (const word of [
    population?.fullName,
    population?.personalNumber,
    population?.permanentResidence?.text,
  ]) {
    expect(text).not.toContain(word ?? expect.unreachable('a word of the record'));
  }
  const menu = page.getByRole('navigation', { name: labels.menu });
  expect(await menu.getByRole('link').count()).toBe(0);
}
