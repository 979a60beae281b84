import { unreachable } from '@dinhdanh/kit';
import type { LocalSource } from '../engine/index.ts';
import { filled } from '../exchange.ts';
import type { Exchange } from '../exchange.ts';
import type { Rooms } from '../rooms.ts';
import { askSource } from './ask-source.ts';
import { logTimeMs } from './log-time.ts';
import { maskErrors } from './mask-errors.ts';

/** Plans what policy has left of the operation. Plans are kept by shape, so most requests plan nothing. */
export async function planOperation(exchange: Exchange): Promise<void> {
  const { served, deadlineAt } = exchange;
  const [prepared, refused] = [filled(exchange, 'prepared'), filled(exchange, 'refused')];
  const plan = served.engine.plan(prepared, refused, deadlineAt);
  exchange.compiled = plan instanceof Promise ? await plan : plan;
}

/** Asks the sources and writes the answer, which stays here until `release`. */
export async function execute(exchange: Exchange, rooms: Rooms): Promise<void> {
  const door = askSource(exchange, rooms);
  exchange.payload = await exchange.served.engine.execute(filled(exchange, 'compiled'), {
    fetch: door.fetch,
    attest: door.attest,
    local: { caller: answerPerson(exchange) },
    deadlineAt: exchange.deadlineAt - logTimeMs(rooms.settings),
    signal: exchange.signal,
    describe: maskErrors(exchange),
  });
  // The upstream client has told of those that could not be heard.
  for (const [service, code] of exchange.payload.sourcesFailed) {
    if (code !== 'SOURCE_INVALID' || !door.heard.has(service)) continue;
    rooms.log.error('GATEWAY_SOURCE_INVALID', { requestId: exchange.id, service, reason: 'content' });
  }
}

/** `Query.person`: whose record this caller may read, known from the look-up, so no source is asked for it. */
function answerPerson(exchange: Exchange): LocalSource {
  return {
    person: () => {
      const { self, kind } = filled(exchange, 'caller');
      // Whom an applicant declares to be is nobody's record to read.
      if (self === null || kind === 'applicant') return null;
      return {
        __typename: TYPE_NAMES[self.ids.kind] ?? unreachable('a kind of person'),
        subject: self.subject,
      };
    },
  };
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  CITIZEN: 'Citizen',
  FOREIGN_RESIDENT: 'ForeignResident',
};
