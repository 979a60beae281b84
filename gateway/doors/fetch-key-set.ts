import { randomUUID } from 'node:crypto';
import { AppError } from '@dinhdanh/kit';
import type { Clock } from '@dinhdanh/kit';
import type { PassThroughDoor } from './pass-through.ts';

const KEY_SET_PATH = '/oauth/jwks';
const FETCH_MS = 2_000;

/**
 * Fetches the key set that access tokens are signed with, from where everybody finds it.
 *
 * @throws AppError `SOURCE_UNAVAILABLE`, `SOURCE_INVALID` (source sharing)
 */
export async function fetchKeySet(door: PassThroughDoor, clock: Clock): Promise<unknown> {
  const answer = await door.pass({
    method: 'GET',
    target: KEY_SET_PATH,
    headers: { accept: 'application/json' },
    body: Buffer.alloc(0),
    client: { address: 'gateway', device: null, cookie: false },
    isStream: false,
    requestId: randomUUID(),
    deadlineAt: clock().getTime() + FETCH_MS,
    signal: new AbortController().signal,
  });
  if (answer.status !== 200 || !Buffer.isBuffer(answer.content)) {
    throw new AppError('SOURCE_UNAVAILABLE', {
      source: 'sharing',
      internal: 'no key set',
      retryAfterSeconds: 5,
    });
  }
  try {
    return JSON.parse(answer.content.toString('utf8')) as unknown;
  } catch (cause) {
    throw new AppError('SOURCE_INVALID', { source: 'sharing', internal: 'key set', cause });
  }
}
