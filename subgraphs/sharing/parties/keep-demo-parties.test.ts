import { RecordingLog } from '@dinhdanh/kit/testing';
import { expect, test } from 'vitest';
import type { DemoParty } from '../settings.ts';
import { keepDemoParties } from './keep-demo-parties.ts';

const party = (clientId: string): DemoParty =>
  ({
    clientId,
    organisation: { id: `organisation-${clientId}`, legalName: 'Khách sạn', taxCode: '1', sector: 'HOTEL' },
    purpose: { code: 'hotel_check_in', retentionDays: 1, standing: false },
    redirectUris: [],
    jwks: { keys: [] },
  }) as unknown as DemoParty;

const clock = (): Date => new Date('2026-11-22T00:00:00Z');

test('a database that is too busy is asked again until all stand there, each kept once', async () => {
  const log = new RecordingLog();
  const kept: string[] = [];
  let refusals = 2;
  const store = {
    keep: async ({ id }: { id: string }): Promise<void> => {
      if (kept.length === 1 && refusals > 0) {
        refusals -= 1;
        throw new TypeError('unable to start a transaction');
      }
      kept.push(id);
    },
  };
  const work = keepDemoParties({ parties: [party('one'), party('two')], store, clock, log }, 1);
  await expect.poll(() => kept).toEqual(['one', 'two']);
  await work.stop();
  expect(log.count('SHARING_DEMO_PARTIES_FAILED')).toBe(2);
});

test('the service ends though its database never comes', async () => {
  const log = new RecordingLog();
  const store = { keep: () => Promise.reject(new TypeError('away')) };
  const work = keepDemoParties({ parties: [party('one')], store, clock, log }, 3_600_000);
  await expect.poll(() => log.count('SHARING_DEMO_PARTIES_FAILED')).toBe(1);
  await work.stop();
});
