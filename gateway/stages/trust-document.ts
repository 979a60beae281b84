import { AppError } from '@dinhdanh/kit';
import { filled } from '../exchange.ts';
import type { Exchange } from '../exchange.ts';
import type { Rooms } from '../rooms.ts';
import { identifyCaller, showsBoundToken } from './identify-caller.ts';

/**
 * Where trusted documents alone are run, refuses every other before it is read. A relying party is let through with the text
 * it was granted: the grant is a list of what may be asked, kept by the person, and narrower than any manifest. Who it is is
 * therefore found out first, so that no stranger's text is ever parsed.
 *
 * @throws AppError `NOT_PERMITTED` (`DOCUMENT_NOT_TRUSTED`), and as identifyCaller
 */
export async function trustDocument(exchange: Exchange, rooms: Rooms): Promise<void> {
  const { standing } = filled(exchange, 'body');
  rooms.metrics.documentAsked(standing);
  if (standing === 'trusted' || rooms.settings.documents !== 'trusted') return;
  if (showsBoundToken(exchange.request)) await identifyCaller(exchange, rooms);
  if (exchange.caller?.kind !== 'relying_party') {
    throw new AppError('NOT_PERMITTED', { reason: 'DOCUMENT_NOT_TRUSTED' });
  }
}
