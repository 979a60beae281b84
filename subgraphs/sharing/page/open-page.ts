import { AppError } from '@dinhdanh/kit';
import type { Clock } from '@dinhdanh/kit';
import type { OpenProvider } from '../provider/open-provider.ts';
import type { SharingSettings } from '../settings.ts';
import type { SharingStore } from '../store.ts';
import { EventStreams } from './event-streams.ts';
import type { PageRoom } from './page-room.ts';
import { RequestWatch } from './watch-requests.ts';

/** What the page is made of. */
export interface PageParts extends Pick<PageRoom, 'prove'> {
  readonly store: Pick<SharingStore, 'page'>;
  readonly settings: Pick<SharingSettings, 'publicUrl'>;
  readonly clock: Clock;
  readonly provider: () => OpenProvider | null;
}

/** Opens the page: the browser is the one that the authorization server knows, and goes back by way of it. */
export function openPage({ store, settings, clock, provider, prove }: PageParts): PageRoom {
  const server = (): OpenProvider => {
    const open = provider();
    if (open === null)
      throw new AppError('SOURCE_UNAVAILABLE', { internal: 'the public origin is not known yet' });
    return open;
  };
  return {
    store: store.page,
    watch: new RequestWatch(store.page.read),
    streams: new EventStreams(),
    clock,
    publicUrl: settings.publicUrl,
    interactionOf: async (request, response) => server().interactionOf(request, response),
    finish: async (interaction, ending, handle) => server().finish(interaction, ending, handle),
    prove,
  };
}
