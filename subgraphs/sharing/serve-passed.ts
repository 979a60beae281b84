import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PassedCall, PassThrough } from '@dinhdanh/kit';
import { grantShare } from './citizen/grant-share.ts';
import { EventStreams } from './page/event-streams.ts';
import type { PageRoom } from './page/page-room.ts';
import { servePage } from './page/serve-page.ts';
import { RequestWatch } from './page/watch-requests.ts';
import { OAUTH_PREFIXES, serveOauth } from './provider/serve-oauth.ts';
import type { SharingRoom } from './room.ts';

/** What sharing answers in plain HTTP: the authorization server, and what the page with the picture asks. */
export const passThrough: PassThrough<SharingRoom> = {
  prefixes: [...OAUTH_PREFIXES, '/share/'],
  handle: async (request, response, call, room) => {
    if (request.url?.startsWith('/share/') === true) await answerPage(request, response, call, room);
    else await serveOauth(request, response, call, room.provider);
  },
};

const pages = new WeakMap<SharingRoom, PageRoom>();

async function answerPage(request: IncomingMessage, response: ServerResponse, call: PassedCall, room: SharingRoom): Promise<void> {
  const page = pages.get(room) ?? pageRoom(room);
  pages.set(room, page);
  await servePage(request, response, call, page);
}

function pageRoom(room: SharingRoom): PageRoom {
  const { store, settings, clock, provider } = room;
  return {
    store: store.page,
    shares: store.shares,
    watch: new RequestWatch((handles) => store.page.read(handles)),
    streams: new EventStreams(),
    clock,
    gatewayUrl: () => settings.publicUrl() ?? settings.gatewayUrl(),
    interactionOf: async (request, response) => (await provider()?.interactionOf(request, response)) ?? null,
    prove: (handle, proof) => grantShare(handle, proof, room, room.clock()),
    finish: async (interaction, ending, handle) => (await provider()?.finish(interaction, ending, handle)) ?? '/',
  };
}
