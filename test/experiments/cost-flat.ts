import { startSystem, serviceNames } from '@dinhdanh/start';
import { existsSync } from 'node:fs';
import { countCosts, prepareCounting } from '../costs/count-costs.ts';
import type { Costs } from '../costs/count-costs.ts';
import { profileRequests } from '../costs/profile-requests.ts';
import { ask, signIn } from '../harness/client.ts';
import { startGatewayUnderTest } from '../harness/gateway-under-test.ts';
import { rounded } from './experiment.ts';
import type { Experiment, ExperimentOptions } from './experiment.ts';
import { dataFolderOf, removeData } from './people-data.ts';

const FEW = 1_000;
const MANY = 1_000_000;
const TIMED_RUNS = 50;
/** Reads one vehicle or a few, and a hundred. */
const PERSONAS = ['level2', 'fleet'] as const;

/** What one profile costs in one system, by persona and request. */
interface Measured {
  readonly costs: Readonly<Record<string, Readonly<Record<string, Costs>>>>;
  /** Median time of a request over HTTP, by persona and request, in milliseconds. */
  readonly milliseconds: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Asks for whole profiles before a thousand people and before a million, and compares what they cost. */
export const experiment: Experiment = {
  about:
    'a profile costs as many statements a table and calls a registry for one vehicle as for 100, for a thousand people as for a million',
  run: async (options) => {
    const many = options.people ?? MANY;
    const small = await measure(options, FEW);
    const large = await measure(options, many);
    const sameForPeople = JSON.stringify(small.costs) === JSON.stringify(large.costs);
    const vehicles = (measured: Measured, persona: string): string =>
      JSON.stringify(measured.costs[persona]?.['vehicles']);
    const sameForVehicles = [small, large].every(
      (measured) => vehicles(measured, PERSONAS[0]) === vehicles(measured, PERSONAS[1]),
    );
    const most = Math.max(...[small, large].map(mostStatements));
    return {
      holds: sameForPeople && sameForVehicles && most === 1,
      figures: {
        people: [FEW, many],
        sameForPeople,
        sameForVehicles,
        mostStatementsOfOneTableInOneRequest: most,
        statementsAndCalls: large.costs,
        milliseconds: { [FEW]: small.milliseconds, [many]: large.milliseconds },
      },
    };
  },
};

/** Measures on data that an experiment kept, or on data made now. */
async function measure(options: ExperimentOptions, people: number): Promise<Measured> {
  const dataFolder = dataFolderOf(options, people);
  const wasThere = existsSync(dataFolder);
  const system = await startSystem({
    roles: new Set(serviceNames),
    host: '127.0.0.1',
    port: 0,
    people,
    seed: options.seed,
    today: '2026-11-21',
    reset: false,
    dataFolder,
    logLevel: 'error',
    serviceUrls: {},
    databaseUrls: {},
    webRoot: null,
  });
  const { services, citizens } = system.demo;
  const front = { url: '', services, databaseUrls: system.databaseUrls, dataFolder };
  const gateway = await startGatewayUnderTest(front, { settings: { requestsPerMinute: 1_000_000 } });
  try {
    const counted = { gatewayUrl: gateway.url, databaseUrls: system.databaseUrls as Record<string, string> };
    await prepareCounting(counted);
    const costs: Record<string, Record<string, Costs>> = {};
    const milliseconds: Record<string, Record<string, number>> = {};
    for (const key of PERSONAS) {
      const person = citizens[key];
      if (person === undefined) throw new TypeError(`there is no persona ${key}`);
      const token = await signIn(gateway.url, person);
      const costsOfPersona: Record<string, Costs> = (costs[key] = {});
      const times: Record<string, number> = (milliseconds[key] = {});
      for (const [name, query] of profileRequests()) {
        const askOnce = async (): Promise<void> => {
          const { errors } = await ask(gateway.url, query, { token });
          if (errors.length > 0) throw new TypeError(`${name}: ${errors[0]?.extensions.code}`);
        };
        costsOfPersona[name] = await countCosts(counted, askOnce);
        times[name] = await medianTime(askOnce);
      }
    }
    return { costs, milliseconds };
  } finally {
    await gateway.stop();
    await system.stop();
    if (!wasThere && !options.keep) await removeData(dataFolder);
  }
}

async function medianTime(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < TIMED_RUNS; run += 1) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  times.sort((one, other) => one - other);
  return rounded(times[Math.floor(TIMED_RUNS / 2)] ?? Number.NaN, 2);
}

function mostStatements({ costs }: Measured): number {
  const counts = Object.values(costs)
    .flatMap((requests) => Object.values(requests))
    .flatMap(({ statements }) => Object.values(statements))
    .flatMap(({ byTable }) => Object.values(byTable));
  return Math.max(...counts);
}
