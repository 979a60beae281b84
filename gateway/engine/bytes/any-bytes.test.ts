import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FakeSources, fakeSources } from '../fixtures/fake-sources.ts';
import { fixtureEngine, runQuery } from '../fixtures/run-query.ts';
import type { SourceAnswer } from '../source.ts';

const query = `{ person { fullName sex vehicles { plate brand power inspection { validTo passed } } } me { dependants { person {
  fullName vehicles { plate } } } linkedDocuments { document { ... on Vehicle { plate brand } } } } }`;

const engine = await fixtureEngine();
const general = await fixtureEngine({}, 'general');

/** Changes the bytes of what the vehicles' register answers, and says whether they were taken as they are. */
function overTheWire(change: (bytes: Buffer) => Buffer): FakeSources & { wasTaken: () => boolean } {
  const sources = fakeSources('an');
  let wasTaken = false;
  sources.tamper.set('vehicles', (answer, { takeBytes }): SourceAnswer => {
    const bytes = change(Buffer.from(JSON.stringify(answer)));
    wasTaken = takeBytes(bytes);
    if (wasTaken) return { ok: true, data: null, isTaken: true };
    try {
      const { data, errors } = JSON.parse(bytes.toString()) as SourceAnswer & { ok: true };
      return { ok: true, data, errors };
    } catch {
      return { ok: false, code: 'SOURCE_INVALID', reason: 'json' };
    }
  });
  return { ...sources, wasTaken: () => wasTaken };
}

/** Runs the plan until its answers are read as bytes again; after one that was not, they are not for a while. */
async function returnToBytes(): Promise<void> {
  while (typeof (await runQuery(query, { engine })).payload.bytes === 'string');
}

const edit = fc.record({
  at: fc.nat(1_000_000),
  removed: fc.constantFrom(0, 0, 1, 1, 2, 7, 1_000_000),
  put: fc.constantFrom(
    '',
    '"',
    ',',
    '{',
    '}',
    '[',
    ']',
    ':',
    'null',
    '0',
    '9',
    '-',
    '.',
    'e',
    ' ',
    '\\',
    'x',
    '\u0000',
    '\\u0041',
    'true',
  ),
});

test('whatever becomes of an answer on its way: it is taken as it stands, or parsed, and says the same', async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { maxLength: 2 }), async (edits) => {
      const change = (bytes: Buffer): Buffer =>
        edits.reduce((told, { at, removed, put }) => {
          const from = at % (told.length + 1);
          return Buffer.concat([told.subarray(0, from), Buffer.from(put), told.subarray(from + removed)]);
        }, bytes);
      await returnToBytes();
      const sources = overTheWire(change);
      const { payload, data, errors } = await runQuery(query, { engine, sources });
      if (sources.wasTaken()) taken += 1;
      const expected = await runQuery(query, { engine: general, sources: overTheWire(change) });
      expect([data, errors]).toEqual([expected.data, expected.errors]);
      expect(payload.released).toEqual(expected.payload.released);
      expect(payload.sourcesFailed).toEqual(expected.payload.sourcesFailed);
    }),
    { numRuns: 600 },
  );
  expect(taken).toBeGreaterThan(100);
}, 120_000);

test('an answer cut short does not go on with what an earlier one left in the same memory', async () => {
  const whole = await runQuery(query, { engine });
  const length = JSON.stringify(whole.data).length;
  for (let missing = 1; missing < length; missing += 1) {
    await returnToBytes();
    const sources = overTheWire((bytes) => bytes.subarray(0, Math.max(0, bytes.length - missing)));
    const { payload } = await runQuery(query, { engine, sources });
    expect(sources.wasTaken()).toBe(false);
    expect(payload.sourcesFailed.get('vehicles')).toBe('SOURCE_INVALID');
  }
}, 120_000);
