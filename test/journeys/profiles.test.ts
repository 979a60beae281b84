import { runSql } from '@dinhdanh/kit/testing';
import { cast, persona } from '@dinhdanh/people';
import type { Persona, PersonaKey } from '@dinhdanh/people';
import type { DemoPerson } from '@dinhdanh/start';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { keepPicture, openBrowser } from '../harness/browser.ts';
import { readDemo } from '../harness/client.ts';
import { vehicleKicker } from './expected-documents.ts';
import { expectedProfile } from './expected-profile.ts';
import type { ExpectedPart } from './expected-identity.ts';
import { readParts, unfold, untilRead } from './read-screen.ts';
import type { ScreenPart } from './read-screen.ts';
import { goTo, section, signInAs, visit } from './visit.ts';
import type { Visit } from './visit.ts';
import { agencies, instant, wordFor } from './words.ts';

const { url, dataFolder, databaseUrls } = inject('system');
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
    const visitor = await visit(browser, url);
    await signInAs(visitor, personOf(key));
    expectParts(await readProfile(visitor), expectedProfile(records));
    await keepPicture(visitor.page, 'profile', key);
  });
});
