import { serverAudits } from 'graphql-http';
import { expect, test } from 'vitest';
import { setScene } from './fixtures/scene.ts';

/**
 * What we do otherwise, as the specification lets us (MAY, SHOULD): no operation by GET, for a link must not make a
 * browser ask; and 400 for what is refused before it is run, whichever media type is wanted.
 */
const otherwise = [
  ['5A70', 'MAY accept application/x-www-form-urlencoded formatted GET requests', 405],
  [
    'D6D5',
    'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
    405,
  ],
  [
    '6A70',
    'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
    405,
  ],
  ['572B', 'SHOULD use 200 status code on document parsing failure when accepting application/json', 400],
  ['FDE2', 'SHOULD use 200 status code on document validation failure when accepting application/json', 400],
  [
    '7B9B',
    'SHOULD use a status code of 200 on variable coercion failure when accepting application/json',
    400,
  ],
];

test('GraphQL over HTTP holds by the audit of its working group', async () => {
  const scene = await setScene();
  const audits = serverAudits({ url: `${scene.url}/graphql`, fetchFn: fetch });
  expect(audits.length).toBeGreaterThanOrEqual(61);
  const failed: unknown[] = [];
  for (const { id, name, fn } of audits) {
    const result = await fn();
    if (result.status !== 'ok') failed.push([id, name, result.response.status]);
  }
  expect(failed).toEqual(otherwise);
});
