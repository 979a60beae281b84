import { SmppCarrier } from '@dinhdanh/accounts/testing';
import type { OutgoingMessage, Receipt, SmppSettings } from '@dinhdanh/accounts/testing';
import { RecordingLog } from '@dinhdanh/kit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Order, Told } from './carriers/message-centre.ts';
import { startProcess } from './carriers/start-process.ts';
import type { ToldProcess } from './carriers/start-process.ts';
import { openOutbox } from './outbox-under-test.ts';

let centre: ToldProcess<Order, Told>;
let carriers: SmppCarrier[] = [];

beforeAll(async () => {
  centre = await startProcess('message-centre.ts');
});
afterEach(async () => {
  await Promise.all(carriers.map((carrier) => carrier.close()));
  carriers = [];
  centre.told.length = 0;
  await centre.tell({
    receipts: 'DELIVRD',
    bind: null,
    mute: false,
    answer: { status: 'ESME_RSYSERR', times: 0 },
  });
});
afterAll(() => centre.kill());

interface Opened {
  readonly carrier: SmppCarrier;
  readonly log: RecordingLog;
  readonly receipts: Receipt[];
}

const now = new Date('2026-11-21T03:00:00Z');

function open(settings: Partial<SmppSettings> = {}, take?: (receipt: Receipt) => Promise<boolean>): Opened {
  const log = new RecordingLog();
  const receipts: Receipt[] = [];
  const given: SmppSettings = {
    ...{ host: '127.0.0.1', port: centre.port, tls: false, systemId: 'dinhdanh', password: 'secret' },
    ...{ enquireSeconds: 30, answerSeconds: 5, sender: 'Dinhdanh', long: 'udh', plain: false },
    ...settings,
  };
  const takeReceipt = async (receipt: Receipt): Promise<boolean> => {
    receipts.push(receipt);
    return take === undefined ? true : take(receipt);
  };
  const carrier = new SmppCarrier(given, { takeReceipt, clock: () => now, log });
  carriers.push(carrier);
  return { carrier, log, receipts };
}

async function bound(opened: Opened): Promise<Opened> {
  await expect.poll(() => opened.carrier.state().connected).toBe(true);
  return opened;
}

const message: OutgoingMessage = {
  id: 'a-message',
  kind: 'OTP',
  address: '+84900000001',
  subject: '',
  text: '123456 là mã đăng ký',
  language: 'vi',
  sendBy: new Date('2026-11-21T03:03:00Z'),
};
const long = 'Định danh: tài khoản đã được mở khóa. '.repeat(4).trim();
const submitted = (): Told[] => centre.told.filter(({ event }) => event === 'submitted');

describe('a message centre', () => {
  it('R67: is sent a Vietnamese text with its marks, to an international number, for as long as it says something', async () => {
    const { carrier, receipts } = await bound(open());
    expect(await carrier.send(message)).toEqual({
      outcome: 'sent',
      ids: [expect.stringContaining('centre-')],
    });
    expect(submitted()).toMatchObject([
      { to: '84900000001', from: 'Dinhdanh', text: message.text, coding: 8, udh: null, payload: false },
    ]);
    await expect.poll(() => receipts).toMatchObject([{ delivered: true, reason: null }]);
    await expect
      .poll(() => centre.told.find(({ event }) => event === 'delivered'))
      .toMatchObject({ status: 0 });
  });

  it('is sent an English text, or one without marks, in its own alphabet', async () => {
    const english = await bound(open());
    await english.carrier.send({ ...message, text: "It's 5 € [ok]" });
    const plain = await bound(open({ plain: true }));
    await plain.carrier.send(message);
    expect(submitted()).toMatchObject([
      { text: "It's 5 € [ok]", coding: 0 },
      { text: '123456 la ma dang ky', coding: 0 },
    ]);
  });

  it('is sent a long text in parts that telephones put together, each told of by itself', async () => {
    const { carrier, receipts } = await bound(open());
    const sent = await carrier.send({ ...message, text: long });
    const parts = submitted();
    expect(parts.map(({ text }) => text).join('')).toBe(long);
    const references = parts.map(({ udh }) => udh?.[2]);
    expect(new Set(references).size).toBe(1);
    expect(parts.map(({ udh }) => udh?.slice(3))).toEqual(parts.map((_, index) => [parts.length, index + 1]));
    expect(sent).toMatchObject({ outcome: 'sent' });
    expect(sent.outcome === 'sent' && sent.ids.length).toBe(parts.length);
    await expect.poll(() => receipts.length).toBe(parts.length);
    // Again, as after an answer that was lost: the same reference.
    await carrier.send({ ...message, text: long });
    expect(submitted().at(-1)?.udh?.[2]).toBe(references[0]);
  });

  it('is sent a long text whole where it cuts by itself', async () => {
    const { carrier } = await bound(open({ long: 'payload' }));
    await carrier.send({ ...message, text: long });
    expect(submitted()).toMatchObject([{ text: long, payload: true, coding: 8 }]);
  });

  it('that tells that something was not delivered is heard, and what people write back is not read', async () => {
    const { carrier, receipts } = await bound(open());
    await centre.tell({ receipts: 'UNDELIV' });
    await carrier.send(message);
    await expect.poll(() => receipts).toMatchObject([{ delivered: false, reason: 'UNDELIV' }]);
    await centre.tell({ deliver: { esmClass: 0, text: 'id:x stat:DELIVRD cảm ơn' } });
    await centre.tell({ deliver: { esmClass: 4, text: 'id:x sub:001 stat:ENROUTE err:000' } });
    const delivered = () => centre.told.flatMap(({ event, text }) => (event === 'delivered' ? [text] : []));
    await expect
      .poll(delivered)
      .toEqual(expect.arrayContaining([expect.stringContaining('cảm'), expect.stringContaining('ENROUTE')]));
    expect(receipts).toHaveLength(1);
  });

  it('is asked to tell the end again where it could not be noted, and not where it is nobody’s', async () => {
    const { carrier, log } = await bound(open({}, () => Promise.reject(new RangeError('no database'))));
    await carrier.send(message);
    await expect
      .poll(() => centre.told.find(({ event }) => event === 'delivered'))
      .toMatchObject({ status: 0x64 });
    expect(log.count('ACCOUNTS_RECEIPT_FAILED')).toBe(1);
    const other = await bound(open({}, () => Promise.resolve(false)));
    centre.told.length = 0;
    await other.carrier.send(message);
    await expect
      .poll(() => centre.told.find(({ event }) => event === 'delivered'))
      .toMatchObject({ status: 0 });
    expect(other.receipts).toHaveLength(3);
    expect(other.log.count('ACCOUNTS_RECEIPT_UNKNOWN')).toBe(1);
  });

  it.each([
    ['ESME_RTHROTTLED', 'away'],
    ['ESME_RMSGQFUL', 'away'],
    ['ESME_RSYSERR', 'later'],
    ['ESME_RUNKNOWNERR', 'later'],
    ['ESME_RINVDSTADR', 'refused'],
    ['ESME_RX_P_APPN', 'refused'],
  ])('that answers %s leaves the message %s', async (status, outcome) => {
    const { carrier } = await bound(open());
    await centre.tell({ answer: { status, times: 1 } });
    expect(await carrier.send(message)).toEqual({ outcome, reason: status });
    expect(await carrier.send(message)).toMatchObject({ outcome: 'sent' });
  });

  it('that does not let us in is an alarm, and is tried again', async () => {
    const { carrier, log } = open({ password: 'wrong' });
    await expect.poll(() => log.count('ACCOUNTS_CARRIER_REFUSED')).toBeGreaterThanOrEqual(2);
    expect(carrier.state()).toEqual({ connected: false, reason: 'ESME_RINVPASWD' });
    expect(await carrier.send(message)).toEqual({ outcome: 'away', reason: 'ESME_RINVPASWD' });
  });

  it('that cuts the connection is bound anew', async () => {
    const { carrier, log } = await bound(open());
    await centre.tell({ drop: true });
    await expect.poll(() => log.count('ACCOUNTS_CARRIER_LOST')).toBe(1);
    await expect.poll(() => carrier.state().connected).toBe(true);
    expect(await carrier.send(message)).toMatchObject({ outcome: 'sent' });
  });

  it('that no longer answers is left for a new connection, and a message under way is tried again', async () => {
    const { carrier, log } = await bound(open({ enquireSeconds: 0.2, answerSeconds: 0.5 }));
    await expect
      .poll(() => centre.told.filter(({ event }) => event === 'enquired').length)
      .toBeGreaterThan(2);
    expect(log.count('ACCOUNTS_CARRIER_LOST')).toBe(0);
    await centre.tell({ mute: true });
    expect(await carrier.send(message)).toEqual({ outcome: 'later', reason: 'NO_ANSWER' });
    await expect.poll(() => log.count('ACCOUNTS_CARRIER_LOST')).toBeGreaterThanOrEqual(1);
    await centre.tell({ mute: false });
    await expect.poll(async () => (await carrier.send(message)).outcome).toBe('sent');
  });

  it('that is not there, or is killed, keeps nothing from ending', async () => {
    const other = await startProcess<Order, Told>('message-centre.ts');
    const { carrier } = await bound(open({ port: other.port }));
    await other.kill();
    await expect.poll(() => carrier.state()).toMatchObject({ connected: false });
    expect(await carrier.send(message)).toMatchObject({ outcome: 'away' });
    await expect.poll(() => carrier.state().reason).toBe('ECONNREFUSED');
    await carrier.close();
  });
});

describe('the outbox over a message centre', () => {
  it('has each message delivered once, throttled at first, its receipts before and after their notes', async () => {
    const outbox = await openOutbox();
    let noteReceipt: (receipt: Receipt) => Promise<boolean> = () => Promise.resolve(false);
    const { carrier } = await bound(open({}, (receipt) => noteReceipt(receipt)));
    const sender = outbox.sender(carrier);
    noteReceipt = (receipt) => sender.noteReceipt(receipt);
    try {
      await centre.tell({ answer: { status: 'ESME_RTHROTTLED', times: 7 } });
      for (let time = 0; time < 30; time += 1) await outbox.put();
      await expect
        .poll(async () => {
          await sender.sendDue();
          outbox.clock.advance(1);
          return new Set(await outbox.statuses());
        })
        .toEqual(new Set(['DELIVERED']));
      expect(submitted().filter(({ udh }) => udh?.[4] === 1)).toHaveLength(30);
      expect(outbox.log.count('ACCOUNTS_CARRIER_AWAY')).toBeGreaterThanOrEqual(1);
    } finally {
      await outbox.stop();
    }
  });
});
