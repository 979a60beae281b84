import { request } from 'node:http';
import { AccountsStore, MessageSender, Outbox } from '@dinhdanh/accounts/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openOutbox, toldCarrier, UNLOCKED } from './outbox-under-test.ts';
import type { OutboxUnderTest } from './outbox-under-test.ts';
import { startAccounts } from './service-under-test.ts';

interface Kept {
  readonly messages: readonly unknown[];
}

/** What a page of elsewhere would get that has its own name lead to this machine. */
function statusFor(port: number, host: string): Promise<number | undefined> {
  return new Promise((done, fail) => {
    request({ host: '127.0.0.1', port, headers: { host } }, (answer) => {
      answer.resume();
      done(answer.statusCode);
    })
      .once('error', fail)
      .end();
  });
}

let outbox: OutboxUnderTest;

beforeAll(async () => {
  outbox = await openOutbox();
});
afterEach(() => outbox.sql('TRUNCATE messages'));
afterAll(() => outbox.stop());

describe('a message', () => {
  it('is there with what it tells of, or not at all', async () => {
    const crash = outbox.store.transact(async (sql) => {
      await outbox.outbox.put(sql, UNLOCKED, outbox.clock.read());
      throw new RangeError('the process has died');
    });
    await expect(crash).rejects.toThrow(RangeError);
    expect(await outbox.statuses()).toEqual([]);
  });

  it('is readable nowhere in the table, and its recipient and text are gone once it was sent, failed or is too late', async () => {
    const carrier = toldCarrier();
    const inputs = { code: '483920', purpose: 'REGISTRATION', minutes: 3 } as const;
    await outbox.put({ kind: 'OTP', inputs });
    const seen = async (): Promise<string> =>
      JSON.stringify(
        await outbox.sql(`SELECT m::text, encode(coalesce(sealed, ''), 'escape') FROM messages m`),
      );
    for (const secret of ['483920', '84900000001', 'Định danh']) expect(await seen()).not.toContain(secret);
    await outbox.sender(carrier).sendDue();
    expect(carrier.tried[0]).toMatchObject({
      address: '+84900000001',
      text: expect.stringContaining('483920'),
    });
    expect(await outbox.sql('SELECT status, sealed FROM messages')).toEqual([
      { status: 'SENT', sealed: null },
    ]);
    await outbox.put();
    carrier.answer = () => ({ outcome: 'refused', reason: 'ESME_RINVDSTADR' });
    await outbox.sender(carrier).sendDue();
    await outbox.put({ kind: 'OTP', inputs });
    outbox.clock.advance(180);
    await outbox.sender(carrier).sendDue();
    expect(await outbox.sql('SELECT status, sealed, reason FROM messages ORDER BY status')).toEqual([
      { status: 'SENT', sealed: null, reason: null },
      { status: 'FAILED', sealed: null, reason: 'ESME_RINVDSTADR' },
      { status: 'EXPIRED', sealed: null, reason: null },
    ]);
    expect(carrier.tried).toHaveLength(2);
  });

  it('is sent once by many processes that look at once', async () => {
    const carrier = toldCarrier();
    for (let time = 0; time < 60; time += 1) await outbox.put();
    const senders = Array.from({ length: 6 }, () => outbox.sender(carrier));
    await Promise.all(
      senders.map(async (sender) => {
        while (await sender.sendDue()) continue;
      }),
    );
    expect(new Set(carrier.tried.map(({ id }) => id)).size).toBe(60);
    expect(carrier.tried).toHaveLength(60);
  });

  it('that another process is taking is passed over, not waited for', async () => {
    const carrier = toldCarrier();
    await outbox.put();
    const sender = outbox.sender(carrier);
    await outbox.store.transact(async (sql) => {
      await sql.$queryRaw`SELECT id FROM messages FOR UPDATE`;
      await outbox.put({ kind: 'ACCOUNT_CLOSED' });
      await sender.sendDue();
    });
    expect(carrier.tried.map(({ kind }) => kind)).toEqual(['ACCOUNT_CLOSED']);
    await sender.sendDue();
    expect(carrier.tried.map(({ kind }) => kind)).toEqual(['ACCOUNT_CLOSED', 'ACCOUNT_UNLOCKED']);
  });

  it('whose sender died is sent by another a minute later, under the same id', async () => {
    const carrier = toldCarrier();
    await outbox.put();
    carrier.answer = () => new Promise(() => undefined);
    void outbox.sender(carrier).sendDue();
    await expect.poll(() => carrier.tried.length).toBe(1);
    carrier.answer = () => ({ outcome: 'sent', ids: [] });
    const other = outbox.sender(carrier);
    outbox.clock.advance(59);
    await other.sendDue();
    expect(carrier.tried).toHaveLength(1);
    outbox.clock.advance(1);
    await other.sendDue();
    expect(carrier.tried.map(({ id }) => id)).toEqual([carrier.tried[0]?.id, carrier.tried[0]?.id]);
    expect(await outbox.statuses()).toEqual(['SENT']);
  });

  it('is tried eight times with longer and longer pauses, then given up with an alarm', async () => {
    const carrier = toldCarrier();
    const sender = outbox.sender(carrier);
    carrier.answer = () => ({ outcome: 'later', reason: 'ESME_RSYSERR' });
    await outbox.put();
    const waits: number[] = [];
    for (let seconds = 0; carrier.tried.length < 8 && seconds < 1_000; seconds += 1) {
      const before = carrier.tried.length;
      await sender.sendDue();
      if (carrier.tried.length > before) waits.push(seconds);
      outbox.clock.advance(1);
    }
    expect(waits.map((at, index) => at - (waits[index - 1] ?? 0))).toEqual([0, 2, 4, 8, 16, 32, 64, 128]);
    expect(outbox.log.lines.at(-1)).toEqual({
      event: 'ACCOUNTS_MESSAGE_FAILED',
      fields: { code: 'ACCOUNT_UNLOCKED', reason: 'ESME_RSYSERR' },
    });
    expect(await outbox.statuses()).toEqual(['FAILED']);
  });

  it('uses up no tries while its carrier is away, and goes when it is back; the other channel goes on', async () => {
    const sms = toldCarrier();
    const email = toldCarrier('EMAIL');
    const sender = outbox.sender(sms, email);
    sms.answer = () => ({ outcome: 'away', reason: 'ESME_RTHROTTLED' });
    for (let time = 0; time < 30; time += 1) await outbox.put();
    for (let seconds = 0; seconds < 900; seconds += 1) {
      await sender.sendDue();
      outbox.clock.advance(1);
    }
    // One look for every pause, of twenty messages at most: 1, 2, 4 … 60 seconds.
    expect(outbox.log.count('ACCOUNTS_CARRIER_AWAY')).toBeLessThanOrEqual(20);
    await outbox.put({ to: { channel: 'EMAIL', address: 'nobody@example.com' } });
    await sender.sendDue();
    expect(email.tried).toHaveLength(1);
    sms.answer = () => ({ outcome: 'sent', ids: [] });
    outbox.clock.advance(61);
    while (await sender.sendDue()) continue;
    await sender.sendDue();
    expect(new Set(await outbox.statuses())).toEqual(new Set(['SENT']));
  });

  it('that ends first goes first: a code before what has waited longer', async () => {
    const carrier = toldCarrier();
    for (let time = 0; time < 25; time += 1) await outbox.put();
    await outbox.put({ kind: 'OTP', inputs: { code: '123987', purpose: 'REGISTRATION', minutes: 3 } });
    await outbox.sender(carrier).sendDue();
    expect(carrier.tried.map(({ kind }) => kind)).toContain('OTP');
    expect(carrier.tried).toHaveLength(20);
  });

  it('for nobody is written and never sent', async () => {
    const carrier = toldCarrier();
    await outbox.put({ to: null });
    await outbox.sender(carrier).sendDue();
    expect(carrier.tried).toEqual([]);
    expect(await outbox.sql('SELECT status, sealed FROM messages')).toEqual([
      { status: 'UNADDRESSED', sealed: null },
    ]);
  });

  it('under a key that is gone is given up, and no other row opens under its name', async () => {
    const carrier = toldCarrier();
    await outbox.put();
    await outbox.put();
    await outbox.sql(`UPDATE messages SET sealed = (SELECT sealed FROM messages ORDER BY id LIMIT 1)
      WHERE id = (SELECT id FROM messages ORDER BY id DESC LIMIT 1)`);
    await outbox.sender(carrier).sendDue();
    expect((await outbox.statuses()).toSorted()).toEqual(['FAILED', 'SENT']);
    await outbox.put();
    const { store, clock, log } = outbox;
    const numbers = { ended: () => undefined, receipt: () => undefined };
    const stranger = new Outbox(Buffer.alloc(32, 9));
    const other = new MessageSender({
      ...{ messages: store.messages, outbox: stranger, carriers: [carrier], numbers, clock: clock.read, log },
    });
    await other.sendDue();
    expect((await outbox.statuses()).filter((status) => status === 'FAILED')).toHaveLength(2);
  });

  it('is delivered when all its parts are, undelivered when one is not, and told of once', async () => {
    const carrier = toldCarrier();
    const sender = outbox.sender(carrier);
    const receipt = { delivered: true, reason: null };
    carrier.answer = () => ({ outcome: 'sent', ids: ['a', 'b'] });
    await outbox.put();
    expect(await sender.noteReceipt({ ...receipt, id: 'a' })).toBe(false);
    await sender.sendDue();
    expect(await sender.noteReceipt({ ...receipt, id: 'a' })).toBe(true);
    expect(await outbox.statuses()).toEqual(['SENT']);
    expect(await sender.noteReceipt({ ...receipt, id: 'a' })).toBe(false);
    expect(await sender.noteReceipt({ ...receipt, id: 'b' })).toBe(true);
    expect(await outbox.statuses()).toEqual(['DELIVERED']);
    await outbox.put();
    carrier.answer = () => ({ outcome: 'sent', ids: ['c', 'd'] });
    await sender.sendDue();
    expect(await sender.noteReceipt({ id: 'c', delivered: false, reason: 'UNDELIV' })).toBe(true);
    expect((await outbox.statuses()).toSorted()).toEqual(['DELIVERED', 'UNDELIVERED']);
    expect(await sender.print()).toContain('dinhdanh_message_receipts_total{delivered="false"} 1');
  });

  it('that is old is deleted, unless it still waits', async () => {
    const carrier = toldCarrier();
    await outbox.put();
    await outbox.sender(carrier).sendDue();
    await outbox.put();
    outbox.clock.advance(10);
    expect(await outbox.store.messages.sweep(outbox.clock.read())).toBe(1);
    expect(await outbox.statuses()).toEqual(['WAITING']);
    expect(await outbox.sender(carrier).print()).toContain('dinhdanh_messages_waiting{channel="SMS"} 1');
  });
});

describe('the screen that stands for telephones', () => {
  it('shows what was put in, on this machine alone, and the metrics tell of it without anybody’s number', async () => {
    const key = Buffer.alloc(32, 4);
    const accounts = await startAccounts({ messageKey: key, messagePollSeconds: 3_600 });
    const screens = () => accounts.log.lines.filter(({ event }) => event === 'ACCOUNTS_MESSAGES_NOT_SENT');
    try {
      await expect.poll(() => screens().length).toBe(1);
      const { service } = await accounts.startAnother({ messageKey: key, messagePollSeconds: 0.2 });
      await expect.poll(() => screens().length).toBe(2);
      const port = screens()[1]?.fields.port;
      const store = new AccountsStore(accounts.databaseUrl);
      const writer = new Outbox(key);
      await store.transact((sql) => writer.put(sql, { ...UNLOCKED, language: 'vi' }, accounts.clock.read()));
      await store.close();
      const origin = `http://127.0.0.1:${port}`;
      await expect
        .poll(
          async () =>
            ((await (await fetch(`${origin}/messages.json?to=%2B84900000001`)).json()) as Kept).messages,
        )
        .toMatchObject([
          { to: '+84900000001', kind: 'ACCOUNT_UNLOCKED', channel: 'SMS', segments: { count: 2 } },
        ]);
      const page = await (await fetch(origin)).text();
      expect(page).toContain('<html lang="vi">');
      expect(page).toContain('Trang này thay cho điện thoại');
      expect(page).toContain('tài khoản đã được mở khóa');
      expect(await (await fetch(`${origin}/?lang=en`)).text()).toContain('stands for the telephone');
      const answer = await fetch(origin);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(await statusFor(Number(port), 'evil.example')).toBe(421);
      const metrics = await (await fetch(`${service.origin}/metrics`)).text();
      expect(metrics).toContain('dinhdanh_messages_total{kind="ACCOUNT_UNLOCKED",outcome="SENT"} 1');
      expect(metrics).toContain('dinhdanh_message_carrier_connected{channel="SMS"} 1');
      expect(metrics).not.toContain('84900000001');
    } finally {
      await accounts.stop();
    }
  });
});
