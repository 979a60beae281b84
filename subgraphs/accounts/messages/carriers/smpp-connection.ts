import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@dinhdanh/kit';
import smpp from 'smpp';
import type { PDU, Session } from 'smpp';
import { awayPauseMs } from '../rules.ts';
import type { CarrierState } from '../carrier.ts';

/** How a message centre is reached. */
export interface SmppAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly systemId: string;
  readonly password: string;
  /** The pause between two signs of life. */
  readonly enquireSeconds: number;
  /** So long an answer may take; what has not answered by then is taken for gone. */
  readonly answerSeconds: number;
}

const OK = 0;

/**
 * One bound connection to a message centre (SMPP 3.4, bind_transceiver), made again whenever it is lost: after a second
 * first, then after twice as long, up to a minute. A connection that no longer answers enquire_link is lost.
 */
export class SmppConnection {
  readonly #address: SmppAddress;
  readonly #deliver: (pdu: PDU) => Promise<number>;
  readonly #log: Log;
  readonly #ending = new AbortController();
  readonly #keeping: Promise<void>;
  #session: Session | null = null;
  #reason = 'NOT_CONNECTED';

  /** @param deliver is given each deliver_sm and tells the status it is answered with */
  constructor(address: SmppAddress, deliver: (pdu: PDU) => Promise<number>, log: Log) {
    this.#address = address;
    this.#deliver = deliver;
    this.#log = log;
    this.#keeping = this.#keep();
  }

  /** Whether it is bound, and if not, why. */
  state(): CarrierState {
    return this.#session === null
      ? { connected: false, reason: this.#reason }
      : { connected: true, reason: null };
  }

  /** Asks; the answer, or null where none came in time or the connection broke. Undefined: nothing was sent at all. */
  async ask(pdu: PDU): Promise<PDU | null | undefined> {
    return this.#session === null ? undefined : this.#exchange(this.#session, pdu);
  }

  /** Unbinds and ends. */
  async close(): Promise<void> {
    const session = this.#session;
    this.#ending.abort();
    if (session !== null) {
      await this.#exchange(session, new smpp.PDU('unbind'));
      session.destroy();
    }
    await this.#keeping;
  }

  async #keep(): Promise<void> {
    let failures = 0;
    while (!this.#ending.signal.aborted) {
      const problem = await this.#openAndHold();
      if (this.#ending.signal.aborted) return;
      failures = problem === null ? 1 : failures + 1;
      if (problem !== null) this.#reason = problem;
      await sleep(awayPauseMs(failures), undefined, { signal: this.#ending.signal }).catch(() => undefined);
    }
  }

  /** Holds one connection until it ends; tells why it could not be made, or null where it could. */
  async #openAndHold(): Promise<string | null> {
    const { host, port, tls, systemId, password, answerSeconds } = this.#address;
    const session = smpp.connect({ host, port, tls, ...(tls ? { servername: host } : {}) });
    // Every question under way waits for the end of the connection.
    session.setMaxListeners(0);
    const closed = new Promise<void>((done) => void session.once('close', done));
    let error = 'CLOSED';
    session.on('error', (failure: NodeJS.ErrnoException) => {
      error = failure.code ?? 'UNREADABLE';
      session.destroy();
    });
    const end = (): void => session.destroy();
    this.#ending.signal.addEventListener('abort', end);
    const patience = setTimeout(end, answerSeconds * 1000);
    const open = await Promise.race([
      closed.then(() => false),
      new Promise<boolean>((done) => void session.once(tls ? 'secureConnect' : 'connect', () => done(true))),
    ]);
    clearTimeout(patience);
    try {
      if (!open) return error;
      const bind = new smpp.PDU('bind_transceiver', {
        system_id: systemId,
        password,
        interface_version: 0x34,
      });
      const answer = await this.#exchange(session, bind);
      if (answer === null) return 'NO_ANSWER';
      if (answer.command_status !== OK) return this.#refused(answer.command_status);
      this.#ending.signal.removeEventListener('abort', end);
      await this.#hold(session, closed);
      return null;
    } finally {
      this.#ending.signal.removeEventListener('abort', end);
      session.destroy();
    }
  }

  async #hold(session: Session, closed: Promise<void>): Promise<void> {
    if (this.#ending.signal.aborted) return;
    this.#listen(session);
    this.#session = session;
    this.#log.info('ACCOUNTS_CARRIER_CONNECTED', { service: 'SMS' });
    const ended = new AbortController();
    const watching = this.#watch(session, ended.signal);
    await closed;
    this.#session = null;
    this.#reason = 'CONNECTION_LOST';
    ended.abort();
    await watching;
    if (!this.#ending.signal.aborted)
      this.#log.warn('ACCOUNTS_CARRIER_LOST', { service: 'SMS', reason: this.#reason });
  }

  /** Asks for signs of life; without one the connection is cut, as a half-open one would swallow every message. */
  async #watch(session: Session, ended: AbortSignal): Promise<void> {
    while (!ended.aborted) {
      await sleep(this.#address.enquireSeconds * 1000, undefined, { signal: ended }).catch(() => undefined);
      if (ended.aborted) return;
      const answer = await this.#exchange(session, new smpp.PDU('enquire_link'));
      if (answer === null) session.destroy();
    }
  }

  #listen(session: Session): void {
    const answer = (pdu: PDU, status: number): void =>
      void session.send(pdu.response({ command_status: status }));
    session.on('enquire_link', (pdu: PDU) => answer(pdu, OK));
    session.on('unbind', (pdu: PDU) => {
      answer(pdu, OK);
      session.close();
    });
    session.on('deliver_sm', (pdu: PDU) => {
      void this.#deliver(pdu).then((status) => answer(pdu, status));
    });
  }

  #refused(status: number): string {
    const reason = statusName(status);
    this.#log.error('ACCOUNTS_CARRIER_REFUSED', { service: 'SMS', reason });
    return reason;
  }

  /** One question and its answer; null where none came. */
  #exchange(session: Session, pdu: PDU): Promise<PDU | null> {
    return new Promise((done) => {
      const give = (answer: PDU | null): void => {
        clearTimeout(patience);
        session.off('close', lost);
        done(answer);
      };
      const lost = (): void => give(null);
      const patience = setTimeout(lost, this.#address.answerSeconds * 1000);
      session.once('close', lost);
      if (!session.send(pdu, give)) give(null);
    });
  }
}

const names = new Map(Object.entries(smpp.errors).map(([name, status]) => [status, name]));

/** The name of a status, `ESME_RTHROTTLED`; its number in hex where it has none. */
export function statusName(status: number): string {
  return names.get(status) ?? `ESME_${status.toString(16)}`;
}
