import { expect, test } from 'vitest';
import { createEngine } from '../create-engine.ts';
import { compose } from '../fixtures/registries.ts';
import { closePayload } from './close-payload.ts';

const supergraph = compose({ only: 'type Query { words: [String!]! }' });
const query = '{ words }';

/** An answer of the engine in bytes. */
async function payloadOf(words: readonly string[]): Promise<string | Buffer> {
  const engine = await createEngine({ supergraph, runsBeforeCode: 0, longFrom: 0 });
  const compiled = await engine.plan(engine.prepare({ query }), new Map());
  const { bytes } = await engine.execute(compiled, {
    fetch: ({ takeBytes }) => {
      const isTaken = takeBytes(Buffer.from(JSON.stringify({ data: { c_0: words } })));
      return Promise.resolve({ ok: true, data: null, isTaken });
    },
    deadlineAt: Date.now() + 10_000,
    describe: ({ code }) => ({ message: code }),
  });
  return bytes;
}

test.each([
  ['little', ['Huế'], 'đ'],
  ['more than there is room for', ['a'], 'đ'.repeat(2_000)],
  ['something behind a very long answer', ['x'.repeat(200_000), 'y'], 'z'],
])('puts %s behind an answer in bytes', async (_, words, notice) => {
  const bytes = await payloadOf(words);
  expect(typeof bytes).not.toBe('string');
  const closed = closePayload(bytes, JSON.stringify({ notice }).slice(1));
  expect(JSON.parse(closed.toString())).toEqual({ data: { words }, extensions: { notice } });
});

test('does the same for text', () => {
  expect(closePayload('{"data":null,"extensions":{', '"a":1}')).toBe('{"data":null,"extensions":{"a":1}}');
});

test('an answer is not overwritten by those that follow', async () => {
  const first = await payloadOf(['first']);
  await payloadOf(['other']);
  expect(String(first)).toBe('{"data":{"words":["first"]},"extensions":{');
});
