import type { PassThrough } from '@dinhdanh/kit';
import { grantShare } from './citizen/grant-share.ts';
import { openPage } from './page/open-page.ts';
import type { PageRoom } from './page/page-room.ts';
import { servePage } from './page/serve-page.ts';
import { OAUTH_PREFIXES, serveOauth } from './provider/serve-oauth.ts';
import type { SharingRoom } from './room.ts';

/** What sharing answers in plain HTTP: the authorization server, and what the page with the picture asks. */
export const passThrough: PassThrough<SharingRoom> = {
  prefixes: [...OAUTH_PREFIXES, '/share/'],
  handle: async (request, response, call, room) => {
    if (await servePage(request, response, call, pageOf(room))) return;
    await serveOauth(request, response, call, room.provider);
  },
};

const pages = new WeakMap<SharingRoom, PageRoom>();

function pageOf(room: SharingRoom): PageRoom {
  const page =
    pages.get(room) ??
    openPage({ ...room, prove: (handle, proof) => grantShare(handle, proof, room, room.clock()) });
  pages.set(room, page);
  return page;
}
