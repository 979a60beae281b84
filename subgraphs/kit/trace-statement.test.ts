import { expect, test } from 'vitest';
import { permitted } from './trace-attributes.ts';
import { shapeOf, traced } from './trace-statement.ts';
import { noSpan, within } from './trace.ts';
import type { Span } from './trace.ts';

test('a statement is told of by what it does to which tables', () => {
  const sql = `SELECT "public"."vehicles"."ref" FROM "public"."vehicles" LEFT JOIN "public"."plates" ON true WHERE "public"."vehicles"."ref" IN ($1,$2)`;
  expect(shapeOf(sql).name).toBe('SELECT vehicles plates');
  expect(shapeOf('INSERT INTO "served" ("call_id") SELECT record FROM records').name).toBe(
    'INSERT served records',
  );
  expect(shapeOf(sql).attributes['db.query.text']).toBe(
    'SELECT "ref" FROM "vehicles" LEFT JOIN "plates" ON true WHERE "ref" IN ($1,$2)',
  );
});

test('no literal of a statement is told', () => {
  const sql = `SELECT 'NGUYEN VAN AN', 97190000011, $$097190000011$$, $tag$o'1$tag$ -- 097190000011
    FROM citizens WHERE name = 'O''NEIL' AND age > 17.5 AND id = $1 AND t0.x2 = 3`;
  const { attributes } = shapeOf(sql);
  expect(attributes['db.query.text']).toBe(
    'SELECT ?, ?, ?, ? FROM citizens WHERE name = ? AND age > ? AND id = $1 AND t0.x2 = ?',
  );
  expect(permitted({ ...attributes })).toEqual(attributes);
});

test('a statement is a piece of the work it is done for, and fails with it', async () => {
  const told: string[] = [];
  const span: Span = {
    ...noSpan,
    isRecording: true,
    begin: (name) => ({ ...noSpan, end: (outcome = 'OK') => void told.push(`${name}: ${outcome}`) }),
  };
  await traced('SELECT 1 FROM citizens', () => Promise.resolve(1));
  expect(told).toEqual([]);
  await within(span, () => traced('SELECT 1 FROM citizens', () => Promise.resolve(1)));
  const failing = within(span, () =>
    traced('UPDATE citizens SET x = 1', () => Promise.reject(new RangeError('097190000011'))),
  );
  await expect(failing).rejects.toThrow(RangeError);
  expect(told).toEqual(['SELECT citizens: OK', 'UPDATE citizens: DATABASE']);
});
