import { showsOutbox } from '@dinhdanh/accounts';
import type { AccountsSettings } from '@dinhdanh/accounts';
import { freePort, OUTBOX_OFFSET } from './ports.ts';
import type { RoleName } from './service-names.ts';
import { wrongSetting } from './wrong-setting.ts';

/** What of a start's options is about the screen that shows messages in development. */
export interface OutboxOptions {
  readonly roles: ReadonlySet<RoleName>;
  readonly port: number;
  readonly accounts?: Partial<AccountsSettings>;
}

/** Where that screen is. */
export interface OutboxPlace {
  readonly port: number;
  readonly url: string;
}

/** The screen's port; null where accounts does not run here or sends everything. @throws StartError naming wrong settings */
export function outboxPort({ roles, port, accounts }: OutboxOptions): number | null {
  if (!roles.has('accounts')) return null;
  try {
    if (!showsOutbox(accounts)) return null;
  } catch (error) {
    throw wrongSetting(error, 'accounts') ?? error;
  }
  return port === 0 ? 0 : port + OUTBOX_OFFSET;
}

/** Where the screen will be; a free port is taken now, so that others can be told of it. */
export async function outboxPlace(options: OutboxOptions): Promise<OutboxPlace | null> {
  const wanted = outboxPort(options);
  if (wanted === null) return null;
  const port = wanted === 0 ? await freePort() : wanted;
  return { port, url: `http://localhost:${port}` };
}
