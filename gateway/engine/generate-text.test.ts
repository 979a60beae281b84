import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEngine } from './create-engine.ts';
import { compose } from './fixtures/registries.ts';

const sdl = `scalar Any enum Colour { RED GREEN } type Part { sure: String! unsure: String }
  type Query { text: String! maybe: String list: [String] id: ID! other: ID count: Int! number: Int share: Float! part: Float
    isOpen: Boolean! isShut: Boolean any: Any sureAny: Any! colour: Colour! parts: [Part!]! }`;
const query = `{ a: text maybe list id other count number share part isOpen isShut any sureAny colour
  parts { sure unsure } }`;
const supergraph = compose({ only: sdl });
const [generated, general] = await Promise.all(
  [0, Number.POSITIVE_INFINITY].map((runsBeforeCode) => createEngine({ supergraph, runsBeforeCode })),
);

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('"', '\\', '\u0000', '\ud800', 'Huế', '\u2028', ''),
);
const plain = fc.string({ unit: fc.constantFrom('a', 'ế', '字', '\u2028', '\u007f', '{', ':', ' ') });
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value);
const int = fc.integer();
const float = fc.double({ noNaN: true, noDefaultInfinity: true });
const answers = (string: fc.Arbitrary<string>): fc.Arbitrary<Record<string, unknown>> =>
  fc.record({
    text: string,
    maybe: maybe(string),
    list: maybe(fc.array(maybe(string))),
    id: fc.oneof(string, int),
    other: maybe(fc.oneof(string, int)),
    count: int,
    number: maybe(int),
    share: float,
    part: maybe(float),
    isOpen: fc.boolean(),
    isShut: maybe(fc.boolean()),
    any: fc.oneof(string, fc.jsonValue()),
    sureAny: fc.oneof(string, int, fc.array(string)),
    colour: fc.constantFrom('RED', 'GREEN'),
    parts: fc.array(fc.record({ sure: string, unsure: maybe(string) })),
  });

/** Runs the query on a source that answers so; `isPlain` as its text says, unless told otherwise. */
async function run(
  engine: typeof general,
  answer: Record<string, unknown>,
  isPlain?: boolean,
): Promise<string> {
  const payload = await engine?.execute(await engine.plan(engine.prepare({ query }), new Map()), {
    fetch: ({ body }) => {
      const [data, ...parts] = [answer, ...(answer['parts'] as Record<string, unknown>[])].map((each) =>
        Object.fromEntries(
          [...body.matchAll(/(c_\d+):(\w+)/gu)].flatMap(([, key = '', name = '']) =>
            Object.hasOwn(each, name) ? [[key, each[name]]] : [],
          ),
        ),
      );
      const partsKey = /(c_\d+):parts/u.exec(body)?.[1] ?? '';
      const told = JSON.stringify({ ...data, [partsKey]: parts });
      const read = JSON.parse(told) as unknown;
      return Promise.resolve({ ok: true, data: read, isPlain: isPlain ?? !told.includes('\\') });
    },
    deadlineAt: Date.now() + 10_000,
    describe: ({ code }) => ({ message: code }),
  });
  return String(payload?.bytes ?? '');
}

for (const [title, string] of [
  ['of any kind', text],
  ['that need no quoting', plain],
] as const) {
  test(`strings ${title} are answered as they were told, by generated code as by the general writer`, async () => {
    await fc.assert(
      fc.asyncProperty(answers(string), async (answer) => {
        const bytes = await run(generated, answer);
        expect(bytes).toBe(await run(general, answer));
        const { data } = JSON.parse(`${bytes}}}`) as { data: Record<string, unknown> };
        expect(data['a']).toBe(JSON.parse(JSON.stringify(answer['text'])));
      }),
      { numRuns: 300 },
    );
  });
}

test('a string of an answer that says it is plain is not looked at, so only a text without a backslash may say so', async () => {
  const [answer] = fc.sample(answers(fc.constant('"')), 1);
  expect(await run(generated, answer ?? {}, false)).toBe(await run(general, answer ?? {}));
  expect(await run(generated, answer ?? {}, true)).not.toBe(await run(general, answer ?? {}));
});
