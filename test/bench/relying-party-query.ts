/**
 * What a relying party's query costs beside the person's own: the same selection, all that may be shared for a public service,
 * by a standing consent and by the person's session, in turns, so that the machine's other work falls on both. Each service is a
 * process of its own. Run by `npm run bench -- relying-party-query`; writes `results/relying-party-query.json`; exit code 1
 * where the promise is not kept.
 */
import { fork } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { runSql } from '@dinhdanh/kit/testing';
import { publicSchema, readAsk, readSupergraph } from '@dinhdanh/schema';
import { median } from './closed-loop.ts';
import type { AgreeOrder, Asked, AskOrder } from './relying-party-query-client.ts';
import { startServicesApart } from './services-apart.ts';
import { castOf } from './share-flow-cast.ts';

const PROMISED_RATIO = 1.15;
const CODE = 'public_service';
const DAY_MS = 86_400_000;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '12' },
    seconds: { type: 'string', default: '2' },
    callers: { type: 'string', default: '1,16' },
  },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);

interface Purpose {
  readonly code: string;
  readonly claims: readonly string[];
}
const purposes = new URL('../../subgraphs/sharing/parties/purposes.json', import.meta.url);
const { claims } =
  (JSON.parse(await readFile(purposes, 'utf8')) as Purpose[]).find(({ code }) => code === CODE) ?? missing();
// Ages are asked one by one, not as a claim.
const asked = claims.filter((claim) => claim !== 'age.over');
const { document: query, leaves } = readAsk({ claims: asked }, publicSchema(readSupergraph()));

const system = await startServicesApart({ people: 400 });
const client = fork(new URL('relying-party-query-client.ts', import.meta.url));
try {
  const cast = await castOf(system, { parties: 1, people: 1 });
  for (const { id } of cast.parties)
    await runSql(
      system.databaseUrls['sharing'] ?? '',
      `INSERT INTO party_purposes (party_id, code, claims, retention_days, standing) VALUES ($1, $2, $3, 30, true)`,
      [id, CODE, claims],
    );
  const { username, password, passcode } = system.demo.citizens['level2'] ?? missing();
  const people = [{ username, password, passcode }];
  const { url, origin } = system;
  const bytes = await order<number>({ kind: 'agree', url, origin, ...cast, people, detail: detail(), query });
  const results = [];
  for (const callers of values.callers.split(',').map(Number)) results.push(await compare(callers));
  await report(bytes, results);
} finally {
  client.kill();
  await system.stop();
}

function detail(): object {
  return {
    type: 'profile_share',
    claims: asked,
    purpose: { code: CODE, text: { vi: 'Thủ tục hành chính', en: 'Public service' } },
    retention_days: 30,
    fetch: 'standing',
    frequency: { times: 10, per: 'P1D' },
    valid_until: new Date(Date.now() + 30 * DAY_MS).toISOString().slice(0, 10),
  };
}

async function compare(callers: number) {
  const run = (who: AskOrder['who']): Promise<Asked> => order<Asked>({ kind: 'ask', who, callers, seconds });
  for (let warm = 0; warm < 2; warm += 1) for (const who of ['party', 'citizen'] as const) await run(who);
  const p50: Record<AskOrder['who'], number[]> = { party: [], citizen: [] };
  for (let round = 0; round < rounds; round += 1) {
    const turns = round % 2 === 0 ? (['party', 'citizen'] as const) : (['citizen', 'party'] as const);
    for (const who of turns) p50[who].push((await run(who)).p50Ms);
  }
  const ratios = p50.party.map((ms, round) => ms / (p50.citizen[round] ?? Number.NaN));
  // Half the rounds begin with each, so that the geometric mean takes neither side.
  const ratio = Math.exp(ratios.reduce((sum, one) => sum + Math.log(one), 0) / ratios.length);
  const row = {
    callers,
    partyP50Ms: Number(median(p50.party).toFixed(2)),
    citizenP50Ms: Number(median(p50.citizen).toFixed(2)),
    ratio: Number(ratio.toFixed(3)),
    ratioOfEachRound: ratios.map((one) => Number(one.toFixed(3))),
  };
  process.stdout.write(
    `${callers} connections: p50 ${row.partyP50Ms} ms for the relying party, ${row.citizenP50Ms} for the person: ${row.ratio} times\n`,
  );
  return row;
}

async function report(bytes: number, results: readonly Awaited<ReturnType<typeof compare>>[]): Promise<void> {
  const kept = results.every(({ ratio }) => ratio <= PROMISED_RATIO);
  const result = {
    at: new Date().toISOString(),
    node: process.version,
    cores: cpus().length,
    load: loadavg().map((load) => Number(load.toFixed(2))),
    promised: { p50Ratio: PROMISED_RATIO },
    asked: { claims: asked.length, leaves: leaves.length, bytesOfData: bytes },
    kept,
    results,
  };
  const folder = new URL('results/', import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('relying-party-query.json', folder), `${JSON.stringify(result, null, 2)}\n`);
  if (!kept) process.exitCode = 1;
}

function order<T>(what: AgreeOrder | AskOrder): Promise<T> {
  return new Promise((resolve, reject) => {
    client.once('message', (answer: { readonly result?: T; readonly failure?: string }) => {
      if (answer.result === undefined) reject(new TypeError(answer.failure));
      else resolve(answer.result);
    });
    client.send(what);
  });
}

function missing(): never {
  throw new TypeError('not there');
}
