/** The command line of `dinhdanh-witness`. Pure. */
import { parseArgs } from 'node:util';
import { type KnownLog, readKnownLog } from './known-log.ts';

/** What it says. */
export interface WitnessCommand {
  readonly folder: string;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly logs: readonly KnownLog[];
  readonly withParent: boolean;
}

/** What `--help` prints, and every refusal ends with. */
export const USAGE = `dinhdanh-witness --data FOLDER --log VKEY [--log VKEY …] [--name NAME] [--host ADDRESS] [--port N]

Cosigns the checkpoints of logs that do nothing but grow (https://c2sp.org/tlog-witness).

  --data FOLDER   its key and what it remembers; made where it is not there
  --log VKEY      the public key of a log, under the log's name: every half-year of it is cosigned
  --name NAME     name of its own key (witness.dinhdanh.example/w1)
  --host ADDRESS  where it listens (127.0.0.1)
  --port N        on which port (4021; 0 takes a free one, which is printed)
  --with-parent   ends when its standard input does
`;

/** Reads it. @throws RangeError with a sentence for whoever typed it */
export function readCommand(words: readonly string[]): WitnessCommand | 'help' {
  const { values } = parse(words);
  if (values.help === true) return 'help';
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65_535)) throw new RangeError(`--port takes a port, not "${values.port}"`);
  if (values.data === undefined || values.data === '') throw new RangeError('--data is missing');
  if (values.log === undefined) throw new RangeError('--log is missing');
  if (!/^[^+\s]+$/u.test(values.name)) throw new RangeError('--name takes a name without blanks and plus');
  const logs = values.log.map((vkey) => {
    const log = readKnownLog(vkey);
    if (!log.ok) throw new RangeError(`--log takes the public key of a log (${log.fault})`);
    return log.value;
  });
  const { data: folder, name, host } = values;
  return { folder, name, host, port, logs, withParent: values['with-parent'] === true };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        data: { type: 'string' },
        log: { type: 'string', multiple: true },
        name: { type: 'string', default: 'witness.dinhdanh.example/w1' },
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '4021' },
        'with-parent': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new RangeError(error instanceof Error ? error.message : 'unreadable', { cause: error });
  }
}
