/**
 * The gateway's row with some of its stages left out, and what stands in for them where later ones need what they fill:
 * who asks is told by a header and believed, sources are asked without tokens.
 */
import { filled, stages } from '@dinhdanh/gateway';
import type { Caller, Exchange, Stage } from '@dinhdanh/gateway';
import { has } from './variants.ts';
import type { Variant } from './variants.ts';

/** The variant a stage comes in with; those that are not here are in every one. */
const switchedOnBy: Readonly<Record<string, Variant>> = {
  'limit-rate': 'limits',
  'admit-ending': 'limits',
  'confirm-ending': 'limits',
  'limit-session': 'limits',
  'trust-document': 'policy',
  authorise: 'policy',
  'identify-caller': 'tokens',
  execute: 'tokens',
  'require-log': 'log',
  'record-access': 'log',
};

const believeHeader: Stage = {
  name: 'identify-caller',
  run: (exchange) => {
    exchange.caller = believed(exchange);
  },
};

const refuseNothing: Stage = {
  name: 'authorise',
  run: (exchange) => {
    exchange.refused = new Map();
  },
};

const askPlainly: Stage = {
  name: 'execute',
  run: async (exchange, { upstream }) => {
    const { engine } = exchange.served;
    exchange.payload = await engine.execute(filled(exchange, 'compiled'), {
      fetch: async ({ service, body, signal, deadlineAt }) => {
        const call = { body, signal, deadlineAt, idempotent: true };
        const got = await upstream.post(service, call);
        if (!got.ok) return got;
        return { ok: true, data: got.json['data'], errors: got.json['errors'] as undefined };
      },
      local: { caller: { person: () => ({ __typename: 'Citizen', subject: subjectOf(exchange) }) } },
      deadlineAt: exchange.deadlineAt,
      signal: exchange.signal,
      describe: ({ code }) => ({ message: code }),
    });
  },
};

const standIns: readonly Stage[] = [believeHeader, refuseNothing, askPlainly];

/** The row of a variant. */
export function rowOf(variant: Variant): readonly Stage[] {
  return stages.flatMap((stage) => {
    const by = switchedOnBy[stage.name];
    if (by === undefined || has(variant, by)) return [stage];
    return standIns.filter(({ name }) => name === stage.name);
  });
}

function subjectOf({ request }: Exchange): string {
  const subject = request.headers['x-subject'];
  return typeof subject === 'string' ? subject : '';
}

/** A caller as accounts tells of one, without asking. */
function believed(exchange: Exchange): Caller {
  const subject = subjectOf(exchange);
  const number = subject.slice(-12);
  const ids = {
    ...{ kind: 'CITIZEN' as const, personalNumber: number, cancelledNumbers: [], oldIdNumber: null },
    ...{ matchName: 'nguyen van an', dateOfBirth: '1950', passports: [] },
  };
  return {
    ...{ kind: 'person' as const, id: subject, sessionId: subject, level: 2 as const, locked: false },
    passcodeUntil: new Date(exchange.startedAt.getTime() + 60_000),
    ...{ guardianRequired: false, self: { subject, ids }, dependants: [] },
  };
}
