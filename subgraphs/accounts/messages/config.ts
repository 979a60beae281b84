import type { SmppSettings } from './carriers/smpp-carrier.ts';
import type { SmtpSettings } from './carriers/smtp-carrier.ts';

/** How messages leave. `development` shows them on a screen of this machine and sends nothing. */
export interface MessageSettings {
  readonly sms: 'development' | SmppSettings;
  readonly email: 'development' | SmtpSettings;
  /** The port of the screen on loopback, where anything is `development`; 0 takes a free one. */
  readonly outboxPort: number;
  /** The pause between two looks at what waits; what this process puts in is sent at once. */
  readonly messagePollSeconds: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** GSM networks show eleven characters of a name at most (3GPP TS 23.040, 9.1.2.5). */
const SENDER = /^[A-Za-z0-9 ]{1,11}$/;
const EMAIL = /^[^\s@<>"]+@[A-Za-z0-9.-]+$/;

/** What the environment says, and the names of what is wrong in it. */
export function readMessageSettings(environment: Environment): {
  readonly settings: MessageSettings;
  readonly wrong: readonly string[];
} {
  const wrong: string[] = [];
  const pollSeconds = Number(environment['ACCOUNTS_MESSAGE_POLL_SECONDS'] || 5);
  if (!(pollSeconds > 0)) wrong.push('ACCOUNTS_MESSAGE_POLL_SECONDS');
  const settings: MessageSettings = {
    sms: readSms(environment, wrong),
    email: readEmail(environment, wrong),
    outboxPort: 0,
    messagePollSeconds: pollSeconds,
  };
  return { settings, wrong };
}

function readSms(environment: Environment, wrong: string[]): MessageSettings['sms'] {
  const way = environment['ACCOUNTS_SMS'] || 'development';
  if (way !== 'smpp') {
    if (way !== 'development') wrong.push('ACCOUNTS_SMS');
    return 'development';
  }
  const url = readUrl(environment['ACCOUNTS_SMPP_URL'], { 'smpp:': 2775, 'smpps:': 3550 });
  if (url === null) wrong.push('ACCOUNTS_SMPP_URL');
  const systemId = environment['ACCOUNTS_SMPP_SYSTEM_ID'] ?? '';
  // Octet strings of SMPP 3.4, 5.2.1 and 5.2.2: 15 and 8 characters.
  if (systemId === '' || systemId.length > 15) wrong.push('ACCOUNTS_SMPP_SYSTEM_ID');
  const password = environment['ACCOUNTS_SMPP_PASSWORD'] ?? '';
  if (password.length > 8) wrong.push('ACCOUNTS_SMPP_PASSWORD');
  const sender = environment['ACCOUNTS_SMPP_SENDER'] || 'Dinhdanh';
  if (!SENDER.test(sender)) wrong.push('ACCOUNTS_SMPP_SENDER');
  const long = environment['ACCOUNTS_SMPP_LONG'] || 'udh';
  if (long !== 'udh' && long !== 'payload') wrong.push('ACCOUNTS_SMPP_LONG');
  const marks = environment['ACCOUNTS_SMS_MARKS'] || 'keep';
  if (marks !== 'keep' && marks !== 'drop') wrong.push('ACCOUNTS_SMS_MARKS');
  return {
    ...{ host: url?.host ?? '', port: url?.port ?? 0, tls: url?.secure ?? false },
    ...{ systemId, password, sender, plain: marks === 'drop', enquireSeconds: 30, answerSeconds: 10 },
    long: long === 'payload' ? 'payload' : 'udh',
  };
}

function readEmail(environment: Environment, wrong: string[]): MessageSettings['email'] {
  const way = environment['ACCOUNTS_EMAIL'] || 'development';
  if (way !== 'smtp') {
    if (way !== 'development') wrong.push('ACCOUNTS_EMAIL');
    return 'development';
  }
  const url = readUrl(environment['ACCOUNTS_SMTP_URL'], { 'smtp:': 587, 'smtps:': 465 });
  if (url === null) wrong.push('ACCOUNTS_SMTP_URL');
  const from = environment['ACCOUNTS_EMAIL_FROM'] ?? '';
  if (!EMAIL.test(from)) wrong.push('ACCOUNTS_EMAIL_FROM');
  return {
    ...{ host: url?.host ?? '', port: url?.port ?? 0, tls: url?.secure ?? false },
    ...{ user: environment['ACCOUNTS_SMTP_USER'] || null, from, timeoutMs: 10_000 },
    password: environment['ACCOUNTS_SMTP_PASSWORD'] || null,
  };
}

/** A host and a port; the scheme that ends in s is TLS. Passwords have a variable of their own, as URLs are printed. */
function readUrl(
  text: string | undefined,
  ports: Readonly<Record<string, number>>,
): { readonly host: string; readonly port: number; readonly secure: boolean } | null {
  // Other schemes than the web's have their hosts read as they stand, a port among them.
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : null;
  const usual = url === null ? undefined : ports[url.protocol];
  if (url === null || usual === undefined || url.hostname === '' || url.password !== '') return null;
  return {
    host: url.hostname,
    port: url.port === '' ? usual : Number(url.port),
    secure: url.protocol.endsWith('s:'),
  };
}
