import { SourceUnreadable } from '@dinhdanh/access-log/verify';
import type { LogSource } from '@dinhdanh/access-log/verify';
import { systemClock } from '@dinhdanh/kit';
import { ServiceClient } from '@dinhdanh/kit/testing';

interface Served {
  readonly status: number;
  /** Base 64. */
  readonly body: string;
}

const CALL_MS = 5_000;

/** Entries are for auditors alone. */
const AUDITOR = { act: { kind: 'auditor', id: 'experiment' } } as const;

/** The log as its service hands it to the gateway to be served: `POST /read-log`. Null where it answers 404. */
export function doorSource(origin: string, callerKey: Buffer): LogSource {
  const client = new ServiceClient({ origin, name: 'access-log' }, callerKey, systemClock);
  return {
    read: async (path) => {
      const late = new Promise<null>((resolve) => setTimeout(resolve, CALL_MS, null).unref());
      const answer = await Promise.race([
        client.post('/read-log', { path }, AUDITOR).catch(() => null),
        late,
      ]);
      const served = answer?.body as Partial<Served> | undefined;
      if (answer?.status !== 200) throw new SourceUnreadable(`${path}: ${answer?.status ?? 'no answer'}`);
      if (served?.status === 404) return null;
      if (served?.status !== 200 || served.body === undefined) {
        throw new SourceUnreadable(`${path}: ${served?.status ?? 'no body'}`);
      }
      return Buffer.from(served.body, 'base64');
    },
  };
}
