import type { Clock, Log } from '@dinhdanh/kit';
import type pg from 'pg';
import type { AccessLogSettings } from '../settings.ts';
import { PublishStore } from './publish-store.ts';
import { Publisher } from './publisher.ts';
import type { WitnessPolicy } from './witness-watch.ts';

/** The publishing side of the log, as the room holds it. */
export interface Publishing {
  readonly store: PublishStore;
  readonly publisher: Publisher;
  /** What the writer asks before it appends. */
  readonly policy: WitnessPolicy;
}

/** Puts it together; nothing runs before `publisher.start()`. */
export function openPublishing(
  pool: pg.Pool,
  { signingKey, witnesses, publishing }: AccessLogSettings,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Publishing {
  const store = new PublishStore(pool);
  const publisher = new Publisher({ store, signingKey, witnesses, settings: publishing, clock, log });
  return { store, publisher, policy: publisher.policy };
}
