import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { service } from '@dinhdanh/accounts';
import { Outbox } from '@dinhdanh/accounts/testing';
import { systemClock } from '@dinhdanh/kit';
import { runSql, ServiceClient } from '@dinhdanh/kit/testing';
import { freePort } from '@dinhdanh/start';
import type { EarlyWord, KillOrder } from '../../harness/crashes/child-words.ts';
import { KillableProcess } from '../../harness/crashes/killable-process.ts';
import { messageKey, newcomer } from '../registering.ts';
import type { AccountsOrder } from './accounts-order.ts';
import { checkRegistrations } from './check-registrations.ts';
import { CrossedRegistration } from './crossed-registration.ts';
import type { Told } from './crossed-registration.ts';

const CHILD = join(import.meta.dirname, 'accounts-child.ts');
const callerKey = Buffer.alloc(32, 7);

/** When a round kills the service: at a statement, or so long after the first step that was told. */
export type Kill = KillOrder | { readonly afterMs: number };

/** What came of a round. */
export interface CrashRound {
  readonly kill: Kill;
  readonly isKilled: boolean;
  readonly told: readonly Told[];
  readonly violations: readonly string[];
}

/** Accounts in a process of its own, on a database of its own. */
export interface CrashRoom {
  /** Four registrations at once, two of them of one person, and one kill. */
  readonly round: (kill: Kill) => Promise<CrashRound>;
  readonly stop: () => Promise<void>;
}

/** Opens it; `dice` answers numbers below 1, of which what is drawn by chance is drawn. */
export async function openCrashRoom(
  databaseUrl: string,
  { early, dice }: { readonly early: EarlyWord | null; readonly dice: () => number },
): Promise<CrashRoom> {
  await service.migrate(databaseUrl);
  const port = await freePort();
  const child = new KillableProcess<AccountsOrder>(CHILD, {
    ...{ port, databaseUrl, callerKey: callerKey.toString('base64url'), early },
  });
  const client = new ServiceClient(
    { origin: `http://127.0.0.1:${port}`, name: 'accounts' },
    callerKey,
    systemClock,
  );
  const place = {
    client,
    codeSentTo: (phone: string) => codeSentTo(databaseUrl, phone),
    waitForCode: () =>
      runSql(databaseUrl, `UPDATE otp_challenges SET created_at = created_at - interval '61 minutes'`),
    isDoubled: () => dice() < 0.25,
  };
  let rounds = 0;
  return {
    round: async (kill) => {
      rounds += 1;
      await child.start();
      const flows = [1, 2, 3, 3].map(
        (who, flow) =>
          new CrossedRegistration(place, applicant(rounds, who, flow), `device ${rounds}.${flow}`),
      );
      return crash({ child, databaseUrl, flows }, kill);
    },
    stop: () => child.kill(),
  };
}

async function crash(
  {
    child,
    databaseUrl,
    flows,
  }: {
    readonly child: KillableProcess<AccountsOrder>;
    readonly databaseUrl: string;
    readonly flows: readonly CrossedRegistration[];
  },
  kill: Kill,
): Promise<CrashRound> {
  const told = flows.map((flow) => flow.told);
  let isOver = false;
  const supervised = supervise(child, kill, told, () => isOver);
  const ends = await Promise.allSettled(flows.map((flow) => flow.finish()));
  isOver = true;
  const isKilled = await supervised;
  const failed = ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []));
  return { kill, isKilled, told, violations: [...failed, ...(await checkRegistrations(databaseUrl, told))] };
}

/** Kills it once, and starts it again, as whoever supervises it does. Tells whether it was killed. */
async function supervise(
  child: KillableProcess<AccountsOrder>,
  kill: Kill,
  told: readonly Told[],
  isOver: () => boolean,
): Promise<boolean> {
  if ('step' in kill) child.killAt(kill);
  else {
    while (!told.some(({ done }) => done.has('IDENTITY')) && !isOver()) await sleep(2);
    await sleep(kill.afterMs);
    await child.kill();
  }
  while (!child.isAway && !isOver()) await sleep(2);
  const isKilled = child.isAway;
  await child.start();
  return isKilled;
}

/** Of a round and person; two that register as one have each a telephone of their own. */
function applicant(round: number, who: number, flow: number) {
  const place = `${String(round).padStart(4, '0')}${who}${flow}`;
  return { ...newcomer, number: `098${place.slice(0, 3)}${place.slice(3, 5)}0000`, phone: `0912${place}` };
}

/** As its reader would read it. */
async function codeSentTo(databaseUrl: string, phone: string): Promise<string | null> {
  const outbox = new Outbox(messageKey);
  const rows = await runSql<{ id: string; kind: 'OTP'; sealed: Buffer; sendBy: Date }>(
    databaseUrl,
    `SELECT id, kind, sealed, send_by AS "sendBy" FROM messages
     WHERE kind = 'OTP' AND sealed IS NOT NULL ORDER BY created_at DESC LIMIT 100`,
  );
  for (const row of rows) {
    const message = outbox.open({ ...row, channel: 'SMS', attempts: 0, nextAt: row.sendBy });
    if (message?.address === phone) return /\d{6}/.exec(message.text)?.[0] ?? null;
  }
  return null;
}
