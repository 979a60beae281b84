import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PassedCall } from '@dinhdanh/kit';
import { CONSENT_EVENT_HEADER, consentEventHeader } from '../consent-event.ts';
import type { ConsentEvent } from '../consent-event.ts';
import { answerJson, answerWrongBrowser, sendOn } from './answer.ts';
import { freshState, originOf, stateOf } from './fresh-state.ts';
import { openEvents } from './open-events.ts';
import type { PageRoom } from './page-room.ts';
import { isJson, isSameOrigin } from './same-origin.ts';
import type { PageRow } from './store.ts';

/** One request of a page, with the row it is about: its browser has shown the interaction's cookie. */
interface Visit {
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  readonly body: Buffer;
  readonly room: PageRoom;
  readonly row: PageRow;
}

const handlers: Readonly<Record<string, (visit: Visit) => Promise<void>>> = {
  'GET state': async ({ response, room, row }) => answerJson(response, 200, await stateOf(room, row)),
  'GET events': async ({ response, room, row }) => openEvents(response, room, row),
  'GET return': comeBack,
  'POST number': takeNumber,
  'POST renew': renew,
  'POST cancel': cancel,
};

const path = /^\/share\/([\w-]{22,64})\/(state|events|return|number|renew|cancel)$/;

/**
 * Answers what the page `/share/<handle>` asks; tells whether the path was its own. A browser that did not begin the
 * request is answered as if there were none: 404, by the same way.
 */
export async function servePage(
  request: IncomingMessage,
  response: ServerResponse,
  { body }: Pick<PassedCall, 'body'>,
  room: PageRoom,
): Promise<boolean> {
  const [pathname = '', search = ''] = (request.url ?? '').split('?', 2);
  if (!pathname.startsWith('/share/')) return false;
  const [, handle = '', action = ''] = path.exec(pathname) ?? [];
  const handler = handlers[`${request.method} ${action}`];
  if (handler === undefined) {
    answerJson(response, 404, { error: 'NOT_FOUND' });
    return true;
  }
  if (request.method === 'POST' && !isOfOurPage(request, response, room)) return true;
  const [interaction, row] = await Promise.all([
    room.interactionOf(request, response),
    room.store.read([handle]).then(([found]) => found ?? null),
  ]);
  if (row !== null && row.interaction === interaction)
    await handler({ response, query: new URLSearchParams(search), body, room, row });
  else if (action === 'return') answerWrongBrowser(response, strangerTold(row));
  else answerJson(response, 404, { error: 'NOT_FOUND' }, strangerTold(row));
  return true;
}

/**
 * Nobody knows who it was: handles that are tried out, links that were passed on. Whose request it was, where it was one, only
 * the access log is told; the browser hears the same, by the same way, whether there is such a request or none.
 */
function strangerTold(row: PageRow | null): Record<string, string> {
  const event: ConsentEvent = {
    ...{ event: 'denied', refusal: 'SHARE_OF_ANOTHER_BROWSER', purpose: 'sharing', claims: [] },
    ...{ consentId: null, subject: null, grantor: null, relationId: null, isProved: false },
    party: row === null ? null : { id: row.partyId, name: row.legalName },
  };
  return { [CONSENT_EVENT_HEADER]: consentEventHeader([event]) };
}

/** Refuses what another site could make a browser send, before anything is looked up. */
function isOfOurPage({ headers }: IncomingMessage, response: ServerResponse, room: PageRoom): boolean {
  if (!isJson(headers)) answerJson(response, 415, { error: 'NOT_JSON' });
  else if (!isSameOrigin(headers, originOf(room))) answerJson(response, 403, { error: 'NOT_OUR_PAGE' });
  else return true;
  return false;
}

async function takeNumber({ response, room, row, body }: Visit): Promise<void> {
  const number = readMember(body, 'number');
  if (typeof number !== 'string' || !/^\d{3}$/.test(number))
    return answerJson(response, 400, { error: 'BAD_NUMBER' });
  const { outcome, headers } = await room.prove(row.handle, { number });
  const state = await freshState(room, row);
  if (outcome === 'GRANTED') return answerJson(response, 200, state, headers);
  if (outcome === 'WRONG') return answerJson(response, 403, { error: 'WRONG_NUMBER', state }, headers);
  return answerJson(response, 409, { error: 'NOT_APPROVED', state }, headers);
}

/** The same phone comes back. What was granted already goes on too: the last answer may have been lost. */
async function comeBack({ response, room, row, query }: Visit): Promise<void> {
  const returnCode = query.get('code') ?? '';
  if (!/^[\w-]{22,64}$/.test(returnCode)) return answerWrongBrowser(response);
  const { outcome, headers } = await room.prove(row.handle, { returnCode });
  const { state, redirectTo } = await freshState(room, row);
  if (outcome !== 'WRONG' && state === 'GRANTED' && redirectTo !== undefined)
    return sendOn(response, redirectTo, headers);
  return answerWrongBrowser(response, headers);
}

async function renew({ response, room, row }: Visit): Promise<void> {
  const renewed = await room.store.renew(row.handle, randomBytes(32), room.clock());
  const state = await freshState(room, row);
  return renewed
    ? answerJson(response, 200, state)
    : answerJson(response, 409, { error: 'NOT_RENEWABLE', state });
}

async function cancel({ response, room, row }: Visit): Promise<void> {
  const cancelled = await room.store.cancel(row.handle, room.clock());
  const state = await freshState(room, row);
  return cancelled
    ? answerJson(response, 200, state)
    : answerJson(response, 409, { error: 'TOO_LATE', state });
}

/** A member of a JSON object; undefined where the body is none. */
function readMember(body: Buffer, name: string): unknown {
  try {
    const content: unknown = JSON.parse(body.toString('utf8'));
    return typeof content === 'object' && content !== null
      ? (content as Record<string, unknown>)[name]
      : undefined;
  } catch {
    return undefined;
  }
}
