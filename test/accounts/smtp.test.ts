import { SmtpCarrier } from '@dinhdanh/accounts/testing';
import type { OutgoingMessage } from '@dinhdanh/accounts/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { MailOrder, MailTold } from './carriers/mail-server.ts';
import { startProcess } from './carriers/start-process.ts';
import type { ToldProcess } from './carriers/start-process.ts';

let server: ToldProcess<MailOrder, MailTold>;
const carriers: SmtpCarrier[] = [];

beforeAll(async () => {
  server = await startProcess('mail-server.ts');
});
afterEach(async () => {
  for (const carrier of carriers.splice(0)) await carrier.close();
  server.told.length = 0;
  await server.tell({ refuse: null });
});
afterAll(() => server.kill());

function open(settings: Partial<ConstructorParameters<typeof SmtpCarrier>[0]> = {}): SmtpCarrier {
  const carrier = new SmtpCarrier({
    ...{ host: '127.0.0.1', port: server.port, tls: false, user: 'dinhdanh', password: 'secret' },
    ...{ from: 'thong-bao@dinhdanh.example', timeoutMs: 5_000 },
    ...settings,
  });
  carriers.push(carrier);
  return carrier;
}

const message: OutgoingMessage = {
  id: '4f9d7a0e-0000-4000-8000-000000000001',
  kind: 'ACCOUNT_UNLOCKED',
  address: 'nguoi.nhan@example.com',
  subject: 'Tài khoản đã được mở khóa',
  text: 'Định danh: tài khoản đã được mở khóa.',
  language: 'vi',
  sendBy: new Date('2026-11-24T03:00:00Z'),
};

describe('a mail server', () => {
  it('is sent a letter that no program answers and that a mailbox knows again', async () => {
    const carrier = open();
    expect(await carrier.send(message)).toEqual({ outcome: 'sent', ids: [] });
    await carrier.send(message);
    await expect.poll(() => server.told.length).toBe(2);
    const [first, again] = server.told;
    expect(first).toMatchObject({ from: 'thong-bao@dinhdanh.example', to: ['nguoi.nhan@example.com'] });
    const id = /^message-id: (.*)$/im;
    expect(id.exec(first?.letter ?? '')?.[1]).toBe(`<${message.id}@dinhdanh.example>`);
    expect(id.exec(again?.letter ?? '')?.[1]).toBe(id.exec(first?.letter ?? '')?.[1]);
    expect(first?.letter).toMatch(/^auto-submitted: auto-generated$/im);
    expect(first?.letter).toMatch(/^content-type: text\/plain; charset=utf-8$/im);
    expect(first?.letter).not.toMatch(/https?:/);
  });

  it('gets one recipient, whatever an address looks like, and no header from a text', async () => {
    const carrier = open();
    await carrier.send({
      ...message,
      address: 'a@example.com, b@example.com',
      subject: 'x\r\nBcc: c@example.com',
    });
    await carrier.send({ ...message, address: 'a@example.com\r\nRCPT TO:<b@example.com>' });
    for (const { to, letter } of server.told) {
      expect(to?.length).toBe(1);
      expect(letter).not.toMatch(/^bcc:/im);
    }
  });

  it.each([
    [550, 'refused'],
    [553, 'refused'],
    [450, 'later'],
    [452, 'later'],
    [421, 'away'],
  ])('that answers %i leaves the letter %s', async (refuse, outcome) => {
    const carrier = open();
    await server.tell({ refuse });
    expect(await carrier.send(message)).toMatchObject({ outcome });
    await server.tell({ refuse: null });
    expect(await carrier.send(message)).toMatchObject({ outcome: 'sent' });
  });

  it('that does not let us in, or is not there, is away and nothing is wrong with the letter', async () => {
    const stranger = open({ password: 'wrong' });
    expect(await stranger.send(message)).toEqual({ outcome: 'away', reason: 'EAUTH' });
    expect(stranger.state()).toEqual({ connected: false, reason: 'EAUTH' });
    const nobody = open({ port: 1 });
    expect(await nobody.send(message)).toMatchObject({ outcome: 'away' });
  });

  it('elsewhere without TLS is sent nothing', async () => {
    // Another name of this machine, which does not look like one.
    const carrier = open({ host: '127.0.0.2' });
    expect(await carrier.send(message)).toEqual({ outcome: 'away', reason: 'ETLS' });
    expect(server.told).toEqual([]);
  });
});
