import { everybody } from '@dinhdanh/people';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  beAuditor,
  bePeople,
  SEEDED_PEOPLE,
  startBusySystem,
} from '../access-log/personal-data/busy-system.ts';
import type { BusySystem } from '../access-log/personal-data/busy-system.ts';
import { WordFinder } from '../access-log/personal-data/word-finder.ts';
import type { Word } from '../access-log/personal-data/word-finder.ts';
import { wordsOfPerson } from '../access-log/personal-data/words-of-person.ts';
import { signIn } from '../harness/client.ts';
import { cast, today } from '../harness/told-people.ts';
import { startCollector } from './collector.ts';
import type { Collector } from './collector.ts';

/** A whole system is started and much is done in it: on a busy machine that takes minutes. */
const PATIENCE_MS = 600_000;
const OWNER = cast.find(({ key }) => key === 'level2');
const NUMBER = OWNER?.account.identifiers?.personalNumber ?? '';
/** Addresses, what a client calls itself and what only a session or a caller token looks like. */
const SECRETS = /127\.0\.0\.1|::1\b|user.?agent|undici|Bearer|eyJ[\w-]{8}|cookie|session=/i;

const atTheEnd: (() => Promise<void>)[] = [];
let collector: Collector;
let finder: WordFinder;
let system: BusySystem;
let sessions: string[];

function* everyWord(): Generator<Word> {
  const seeded = everybody({ people: SEEDED_PEOPLE, seed: 'dinhdanh', today });
  for (const person of seeded) yield* wordsOfPerson(person);
}

beforeAll(async () => {
  collector = await startCollector();
  atTheEnd.push(collector.stop);
  system = await startBusySystem({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    OTEL_TRACES_SAMPLER_ARG: '1',
    OTEL_BSP_SCHEDULE_DELAY: '50',
    OTEL_BSP_MAX_QUEUE_SIZE: '100000',
  });
  atTheEnd.push(system.stop);
  finder = new WordFinder(everyWord());
  const people = Object.values(system.demo.citizens);
  sessions = await Promise.all(people.map((person) => signIn(system.url, person).catch(() => '')));
  await bePeople(system);
  await beAuditor(system);
  // What is on its way is let in.
  for (let known = -1; known !== collector.spans.length; ) {
    known = collector.spans.length;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}, PATIENCE_MS);
afterAll(async () => {
  for (const end of atTheEnd.toReversed()) await end();
});

/** What is found in something that was sent: kinds, never the word. */
const found = (text: string): string[] =>
  finder.find('trace', text).map(({ kind, form }) => `${kind} ${form}`);
/** What was sent, without the head of the request: that is the exporter's own. */
const bodies = (): string[] => collector.received.map((text) => text.slice(text.indexOf('\n') + 1));

test('everybody has been traced in everything they did', () => {
  const services = new Set(collector.spans.map(({ service }) => service));
  for (const service of ['gateway', 'accounts', 'population', 'immigration', 'vehicles', 'access-log'])
    expect([...services]).toContain(service);
  const roots = collector.spans.filter(
    ({ name, service }) => service === 'gateway' && name === 'POST /graphql',
  );
  expect(roots.length).toBeGreaterThan(150);
  expect(roots.map(({ attributes }) => attributes['graphql.operation.type'])).toContain('mutation');
  expect(collector.spans.map(({ name }) => name)).not.toContain('other');
});

test('no name, number, plate, phone, e-mail or address line of anybody is in a trace', () => {
  expect([...new Set(bodies().flatMap(found))]).toEqual([]);
});

test('nor a session, a token, a network address, or what a client calls itself', () => {
  const texts = bodies();
  for (const text of texts) expect(SECRETS.exec(text)?.[0]).toBeUndefined();
  const opened = [system.auditor, ...sessions].filter((session) => session !== '');
  expect(opened.length).toBeGreaterThan(3);
  for (const session of opened) expect(texts.some((text) => text.includes(session))).toBe(false);
});

test('an attribute that held a number, a name or a plate would be found', () => {
  const body = bodies().find((text) => text.includes('POST /graphql')) ?? '';
  const plant = (value: string): string =>
    body.replace('"attributes":[', `"attributes":[{"key":"http.route","value":{"stringValue":"${value}"}},`);
  expect(plant('x')).not.toBe(body);
  const name = OWNER?.account.identifiers?.fullName ?? '';
  for (const value of [NUMBER, `/people/${NUMBER}`, name, name.toUpperCase()])
    expect(found(plant(value)), value.length.toString()).not.toEqual([]);
  expect(SECRETS.test(plant('127.0.0.1'))).toBe(true);
});
