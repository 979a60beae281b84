import type { Row } from './summarise.ts';

const HEAD =
  '| gateway | CPU ms/request | × ours | requests/s | × ours | p50 ms | × ours | p99 ms | × ours | peak MB | × ours | subgraph requests | counts |';
const RULE = `|---|${'---:|'.repeat(11)}---|`;

/** A Markdown table of one workload. */
export function printTable(title: string, rows: readonly Row[]): string {
  return [`### ${title}`, '', HEAD, RULE, ...rows.map(printRow), ''].join('\n');
}

function printRow(row: Row): string {
  const { toOurs } = row;
  const ratio = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(2));
  const cells = [
    row.gateway,
    row.cpuMsEach.toFixed(3),
    ratio(toOurs?.cpuMsEach),
    row.perSecond.toFixed(0),
    ratio(toOurs?.perSecond),
    row.p50Ms.toFixed(1),
    ratio(toOurs?.p50Ms),
    row.p99Ms.toFixed(1),
    ratio(toOurs?.p99Ms),
    row.peakMb.toFixed(0),
    ratio(toOurs?.peakMb),
    row.askedEach.toFixed(2),
    row.flaws.length === 0 ? 'yes' : `no: ${row.flaws.join(', ')}`,
  ];
  return `| ${cells.join(' | ')} |`;
}
