import { createTransport } from 'nodemailer';
import type { MessageCarrier, Sent } from '../carrier.ts';
import type { MessageLanguage, OutgoingMessage } from '../message.ts';

/** How e-mail is sent. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise by STARTTLS, without which nothing is sent but on this machine. */
  readonly tls: boolean;
  readonly user: string | null;
  readonly password: string | null;
  /** The sender's address. */
  readonly from: string;
  readonly timeoutMs: number;
}

const footers: Readonly<Record<MessageLanguage, string>> = {
  vi: 'Thư được gửi tự động, xin đừng trả lời. Định danh không bao giờ hỏi mật khẩu hay mã của bạn.',
  en: 'Sent automatically, please do not reply. Dinhdanh never asks for your password or codes.',
};

const names: Readonly<Record<MessageLanguage, string>> = { vi: 'Định danh', en: 'Dinhdanh' };

/** Nothing of the message is at fault: the server is not there, has enough, or does not let us in. */
const away = new Set(['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'EAUTH', 'ENOAUTH', 'ETLS', 'EPROXY']);
const SERVICE_CLOSING = 421;

/** Sends e-mail by SMTP. Its server answers for delivery by a letter to the sender, so there are no receipts. */
export class SmtpCarrier implements MessageCarrier {
  readonly channel = 'EMAIL';
  readonly #settings: SmtpSettings;
  readonly #transport: ReturnType<typeof openTransport>;
  #reason: string | null = null;

  constructor(settings: SmtpSettings) {
    this.#settings = settings;
    this.#transport = openTransport(settings);
  }

  readonly state = (): { connected: boolean; reason: string | null } => ({
    connected: this.#reason === null,
    reason: this.#reason,
  });

  readonly close = (): Promise<void> => {
    this.#transport.close();
    return Promise.resolve();
  };

  readonly send = async (message: OutgoingMessage): Promise<Sent> => {
    const sent = await this.#transport.sendMail(this.#letterOf(message)).then(
      (): Sent => ({ outcome: 'sent', ids: [] }),
      (failure: unknown) => outcomeOf(failure),
    );
    this.#reason = sent.outcome === 'away' ? sent.reason : null;
    return sent;
  };

  #letterOf({ id, address, subject, text, language }: OutgoingMessage) {
    const { from } = this.#settings;
    return {
      from: { name: names[language], address: from },
      // As an object: a text would be read as a list of addresses.
      to: { name: '', address },
      subject,
      text: `${text}\n\n-- \n${footers[language]}\n`,
      // The same at every try: mailboxes drop what they have already.
      messageId: `<${id}@${from.slice(from.indexOf('@') + 1)}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
    };
  }
}

function openTransport({ host, port, tls, user, password, timeoutMs }: SmtpSettings) {
  return createTransport({
    pool: true,
    maxConnections: 3,
    maxRequeues: 0,
    ...{ host, port, secure: tls, requireTLS: !tls && !isThisMachine(host) },
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
}

/** Whether letters stay on this machine, where nobody listens between. */
function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '::1';
}

function outcomeOf(failure: unknown): Sent {
  const { code, responseCode } = failure as { code?: string; responseCode?: number };
  if (responseCode === SERVICE_CLOSING || (code !== undefined && away.has(code)))
    return { outcome: 'away', reason: code ?? 'ECONNECTION' };
  if (responseCode === undefined) return { outcome: 'later', reason: code ?? 'SMTP' };
  return { outcome: responseCode >= 500 ? 'refused' : 'later', reason: `SMTP_${responseCode}` };
}
