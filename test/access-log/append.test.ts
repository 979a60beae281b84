import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccessLog } from '@dinhdanh/access-log';
import { entryOf, type LogUnderTest, startLog } from './log-under-test.ts';

let under: LogUnderTest;
let accessLog: AccessLog;
beforeAll(async () => {
  under = await startLog();
  accessLog = under.open();
});
afterAll(() => under.stop());

describe('appending', () => {
  it('answers with index and leaf hash of what stands in the tree', async () => {
    const first = await accessLog.append([entryOf(), entryOf({ requestId: 'request-2' })]);
    expect(first.origin).toBe('log.test/2026h2');
    expect(first.receipts).toMatchObject([{ index: 0 }, { index: 1 }]);
    const rows = await under.sql('SELECT index, leaf_hash FROM entries ORDER BY index');
    expect(rows).toHaveLength(2);
  });
});
