import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeFailure } from '@dinhdanh/kit';
import type { Clock, Log } from '@dinhdanh/kit';
import smpp from 'smpp';
import type { PDU } from 'smpp';
import { Turnstile } from '../../turnstile.ts';
import type { MessageCarrier, Sent, TakeReceipt } from '../carrier.ts';
import type { OutgoingMessage } from '../message.ts';
import { cutSegments, segmentsOf, withoutMarks } from '../segments.ts';
import { readReceipt } from './read-receipt.ts';
import { SmppConnection, statusName } from './smpp-connection.ts';
import type { SmppAddress } from './smpp-connection.ts';

/** How text messages are sent by a message centre. */
export interface SmppSettings extends SmppAddress {
  /** The name telephones show as the sender: at most eleven letters and digits. */
  readonly sender: string;
  /** What is longer than one segment goes as one `message_payload`, which the centre cuts, or is cut here, with headers (UDH). */
  readonly long: 'payload' | 'udh';
  /** Vietnamese without marks: half the segments and worse to read. */
  readonly plain: boolean;
}

/** What the carrier works with besides. */
export interface SmppRoom {
  readonly takeReceipt: TakeReceipt;
  readonly clock: Clock;
  readonly log: Log;
}

/** Submissions that wait for their answer at once. */
const WINDOW = 10;
/** A receipt may overtake the note that its message was sent, in this process or another. */
const RECEIPT_TRIES_MS = [0, 300, 1_500] as const;

/** The centre has enough for now, or lets nobody in: everything waits, nothing is at fault. */
const away = new Set(['ESME_RTHROTTLED', 'ESME_RMSGQFUL', 'ESME_RINVBNDSTS', 'ESME_RALYBND']);
/** The message will never go as it is. */
const final = new Set([
  ...['ESME_RINVDSTADR', 'ESME_RINVSRCADR', 'ESME_RINVMSGLEN', 'ESME_RINVDSTTON', 'ESME_RINVDSTNPI'],
  ...['ESME_RINVSRCTON', 'ESME_RINVSRCNPI', 'ESME_RINVDCS', 'ESME_RINVEXPIRY', 'ESME_RINVESMCLASS'],
  ...['ESME_RX_P_APPN', 'ESME_RX_R_APPN', 'ESME_RPROHIBITED', 'ESME_RSERTYPUNAUTH', 'ESME_RINVPARLEN'],
]);
const GSM7 = 0x00;
const UCS2 = 0x08;

/** Sends text messages by SMPP 3.4. */
export class SmppCarrier implements MessageCarrier {
  readonly channel = 'SMS';
  readonly #settings: SmppSettings;
  readonly #room: SmppRoom;
  readonly #connection: SmppConnection;
  readonly #window = new Turnstile(WINDOW, 10_000);

  constructor(settings: SmppSettings, room: SmppRoom) {
    this.#settings = settings;
    this.#room = room;
    this.#connection = new SmppConnection(settings, (pdu) => this.#deliver(pdu), room.log);
  }

  readonly state = (): ReturnType<SmppConnection['state']> => this.#connection.state();

  readonly close = (): Promise<void> => this.#connection.close();

  readonly send = async (message: OutgoingMessage): Promise<Sent> => {
    const ids: string[] = [];
    for (const part of this.#partsOf(message)) {
      const answer = await this.#window.pass(() => this.#connection.ask(part));
      if (answer === undefined) return { outcome: 'away', reason: this.state().reason ?? 'NOT_CONNECTED' };
      // It may have been taken, or not: the id is the same at the next try, and a code twice harms nobody.
      if (answer === null) return { outcome: 'later', reason: 'NO_ANSWER' };
      const problem = problemOf(answer.command_status);
      if (problem !== null) return problem;
      if (answer.message_id !== undefined && answer.message_id !== '') ids.push(answer.message_id);
    }
    return { outcome: 'sent', ids };
  };

  #partsOf(message: OutgoingMessage): PDU[] {
    const text = this.#settings.plain ? withoutMarks(message.text) : message.text;
    const { alphabet, count } = segmentsOf(text);
    const frame = {
      source_addr_ton: 5, // alphanumeric
      source_addr_npi: 0,
      source_addr: this.#settings.sender,
      dest_addr_ton: 1, // international
      dest_addr_npi: 1,
      destination_addr: message.address.replace(/^\+/, ''),
      registered_delivery: 1,
      data_coding: alphabet === 'GSM7' ? GSM7 : UCS2,
      validity_period: periodOf(message.sendBy.getTime() - this.#room.clock().getTime()),
    };
    const encode = (part: string): Buffer =>
      alphabet === 'GSM7' ? smpp.encodings.ASCII.encode(part) : Buffer.from(part, 'utf16le').swap16();
    if (count === 1) return [new smpp.PDU('submit_sm', { ...frame, short_message: encode(text) })];
    if (this.#settings.long === 'payload')
      return [new smpp.PDU('submit_sm', { ...frame, message_payload: encode(text) })];
    return cutSegments(text).map((part, index) => {
      const udh = Buffer.from([5, 0, 3, referenceOf(message.id), count, index + 1]);
      return new smpp.PDU('submit_sm', { ...frame, short_message: { udh, message: encode(part) } });
    });
  }

  /** The status a deliver_sm is answered with: an error asks the centre to deliver it again. */
  async #deliver(pdu: PDU): Promise<number> {
    const receipt = readReceipt(pdu);
    // What people write back is not read.
    if (receipt === null) return 0;
    try {
      for (const pauseMs of RECEIPT_TRIES_MS) {
        await sleep(pauseMs);
        if (await this.#room.takeReceipt(receipt)) return 0;
      }
      this.#room.log.info('ACCOUNTS_RECEIPT_UNKNOWN');
      return 0;
    } catch (failure) {
      this.#room.log.warn('ACCOUNTS_RECEIPT_FAILED', describeFailure(failure));
      return smpp.errors['ESME_RX_T_APPN'] ?? 0x64;
    }
  }
}

function problemOf(status: number): Sent | null {
  if (status === 0) return null;
  const reason = statusName(status);
  if (away.has(reason)) return { outcome: 'away', reason };
  return { outcome: final.has(reason) ? 'refused' : 'later', reason };
}

/** The same at every try, so that a telephone puts parts of two tries together as one message (3GPP TS 23.040, 9.2.3.24.1). */
function referenceOf(id: string): number {
  return createHash('sha256').update(id).digest().readUInt8(0);
}

/** A relative period (SMPP 3.4, 7.1.1): an old code is not delivered when a telephone comes back on. */
function periodOf(milliseconds: number): string {
  const seconds = Math.max(1, Math.floor(milliseconds / 1000));
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const days = Math.min(30, seconds / 86_400);
  return `0000${two(days)}${two((seconds % 86_400) / 3_600)}${two((seconds % 3_600) / 60)}${two(seconds % 60)}000R`;
}
