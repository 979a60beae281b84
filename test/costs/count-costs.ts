import { runSql } from '@dinhdanh/kit/testing';

/** How often something was done, by what it was done to. */
export type Counts = Readonly<Record<string, number>>;

/** The statements a database was sent. */
export interface StatementCosts {
  /** All of them, transactions opened and closed included. */
  readonly total: number;
  /** Those that read or write a table, by table; one that joins several counts for each. */
  readonly byTable: Counts;
  /** Those that write rows, by table. */
  readonly inserts: Counts;
}

/** What a stretch of work cost, as the database server and the gateway counted it. */
export interface Costs {
  /** By service. */
  readonly statements: Readonly<Record<string, StatementCosts>>;
  /** HTTP calls of the gateway by service. */
  readonly calls: Counts;
}

/** The system whose costs are counted. Nothing else may ask it meanwhile. */
export interface CountedSystem {
  readonly gatewayUrl: string;
  /** By service: databases of one server. */
  readonly databaseUrls: Readonly<Record<string, string>>;
}

/** Makes a server count the statements of its databases. */
export async function prepareCounting({ databaseUrls }: CountedSystem): Promise<void> {
  for (const url of Object.values(databaseUrls)) {
    await runSql(url, 'CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  }
}

/** Counts what some work cost. */
export async function countCosts(system: CountedSystem, work: () => Promise<unknown>): Promise<Costs> {
  const [anyUrl = ''] = Object.values(system.databaseUrls);
  const before = await readCalls(system.gatewayUrl);
  await runSql(anyUrl, 'SELECT pg_stat_statements_reset()');
  await work();
  const rows = await runSql<{ datname: string; query: string; calls: string }>(
    anyUrl,
    `SELECT datname, query, calls FROM pg_stat_statements JOIN pg_database ON pg_database.oid = dbid
     WHERE query NOT LIKE '%pg_stat_statements%' ORDER BY datname, query`,
  );
  const after = await readCalls(system.gatewayUrl);
  const statements: Record<string, CountedStatements> = {};
  for (const { datname, query, calls: times } of rows) {
    const service = serviceOf(system, datname);
    if (service === null) continue;
    const costs = (statements[service] ??= { total: 0, byTable: {}, inserts: {} });
    costs.total += Number(times);
    for (const table of tablesOf(query)) add(costs.byTable, table, Number(times));
    for (const [, table = ''] of query.matchAll(INSERT)) add(costs.inserts, table, Number(times));
  }
  const calls = Object.fromEntries(
    Object.entries(after)
      .map(([service, count]) => [service, count - (before[service] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
  return { statements, calls };
}

interface CountedStatements extends StatementCosts {
  total: number;
  readonly byTable: Record<string, number>;
  readonly inserts: Record<string, number>;
}

const INSERT = /\bINSERT INTO\s+(?:"?public"?\.)?"?([a-z_]+)"?/gi;

function add(counts: Record<string, number>, name: string, times: number): void {
  counts[name] = (counts[name] ?? 0) + times;
}

function serviceOf({ databaseUrls }: CountedSystem, database: string): string | null {
  const found = Object.entries(databaseUrls).find(([, url]) => new URL(url).pathname === `/${database}`);
  return found?.[0] ?? null;
}

/** The tables a statement reads or writes. */
function tablesOf(query: string): ReadonlySet<string> {
  const named = query.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE)\s+(?:"?public"?\.)?"?([a-z_]+)"?/gi);
  return new Set([...named].map(([, table = '']) => table));
}

async function readCalls(gatewayUrl: string): Promise<Counts> {
  const text = await (await fetch(`${gatewayUrl}/metrics`)).text();
  const calls: Record<string, number> = {};
  const lines = text.matchAll(
    /^dinhdanh_source_call_duration_seconds_count\{service="([^"]+)"[^}]*\} (\d+)$/gm,
  );
  for (const [, service = '', count] of lines) calls[service] = (calls[service] ?? 0) + Number(count);
  return calls;
}
