/** Our engine and our upstream client as a plain gateway: no identity, no policy, no log. */
import { closePayload, createEngine } from '@dinhdanh/gateway/engine';
import { createUpstream } from '@dinhdanh/gateway/upstream';
import { allocateYoung } from '@dinhdanh/kit/allocate-young';
import { SUBJECT_HEADER } from '../dataset.ts';
import { CONNECTIONS, takeOrder } from './order.ts';
import { servePlain } from './serve-plain.ts';

/** An answer later than this is none. */
const DEADLINE_MS = 30_000;

allocateYoung();
const { supergraph, services, sharing } = await takeOrder();
const engine = await createEngine({ supergraph });
const upstream = createUpstream({
  services,
  limits: { connections: CONNECTIONS },
  onEvent: (event, fields) => process.stderr.write(`${event} ${JSON.stringify(fields)}\n`),
});
const nothingRefused = new Map();

servePlain(async ({ query, variables, subject }) => {
  const prepared = engine.prepare({ query, variables });
  const deadlineAt = Date.now() + DEADLINE_MS;
  const headers = { [SUBJECT_HEADER]: subject };
  const payload = await engine.execute(await engine.plan(prepared, nothingRefused), {
    ...(sharing ? { shareWith: subject } : {}),
    deadlineAt,
    describe: ({ code }) => ({ message: code }),
    fetch: async (request) => {
      const answer = await upstream.post(request.service, {
        body: request.body,
        headers,
        deadlineAt,
        idempotent: request.kind === 'query',
        signal: request.signal,
        takeBytes: request.takeBytes,
      });
      if (!answer.ok) return answer;
      const { json, isPlain, isTaken } = answer;
      return { ok: true, data: json['data'], errors: json['errors'] as undefined, isPlain, isTaken };
    },
  });
  return closePayload(payload.bytes, '}');
});
