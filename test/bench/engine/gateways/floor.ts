/**
 * The floor: the same fetches and joins written by hand for these very queries, with no GraphQL. Variant `upstream` asks
 * by our own client, `undici` by undici as it is.
 */
import { Pool } from 'undici';
import { createUpstream } from '@dinhdanh/gateway/upstream';
import { allocateYoung } from '@dinhdanh/kit/allocate-young';
import { SUBJECT_HEADER } from '../dataset.ts';
import { joinProfile } from './floor-profile.ts';
import { joinTiny, joinWide } from './floor-catalogue.ts';
import { CONNECTIONS, takeOrder } from './order.ts';
import type { GatewayOrder } from './order.ts';
import type { Ask, Join } from './floor-join.ts';
import { servePlain } from './serve-plain.ts';

const DEADLINE_MS = 30_000;

allocateYoung();
const { services, variant, requests } = await takeOrder();
const joins: Readonly<Record<GatewayOrder['requests'], Join | undefined>> = {
  profile: joinProfile,
  wide: joinWide,
  tiny: joinTiny,
  cold: undefined,
};
const join = joins[requests];
if (join === undefined) throw new Error(`nothing is written by hand for ${requests}`);
const ask = variant === 'undici' ? askByUndici() : askByUpstream();

servePlain(async ({ subject, variables }) =>
  JSON.stringify({ data: await join(ask(subject), variables ?? {}) }),
);

function askByUpstream(): (subject: string) => Ask {
  const upstream = createUpstream({
    services,
    limits: { connections: CONNECTIONS },
    onEvent: (event, fields) => process.stderr.write(`${event} ${JSON.stringify(fields)}\n`),
  });
  return (subject) => {
    const headers = { [SUBJECT_HEADER]: subject };
    const deadlineAt = Date.now() + DEADLINE_MS;
    return async (service, body) => {
      const answer = await upstream.post(service, {
        body,
        headers,
        deadlineAt,
        idempotent: true,
      });
      if (!answer.ok) throw new Error(answer.reason);
      return answer.json['data'] as never;
    };
  };
}

function askByUndici(): (subject: string) => Ask {
  const pools = new Map(
    Object.entries(services).map(([name, url]) => [name, new Pool(url, { connections: CONNECTIONS })]),
  );
  return (subject) => {
    const headers = { 'content-type': 'application/json', [SUBJECT_HEADER]: subject };
    return async (service, body) => {
      const pool = pools.get(service);
      if (pool === undefined) throw new Error(`no subgraph ${service}`);
      const answer = await pool.request({ method: 'POST', path: '/graphql', headers, body });
      const { data } = (await answer.body.json()) as { data: never };
      return data;
    };
  };
}
