import { mkdir, rm } from 'node:fs/promises';
import { Cluster } from './access-log/cluster.ts';
import { crashRound } from './access-log/crash-round.ts';
import { doorCallers } from './access-log/door-callers.ts';
import * as faults from './access-log/faults.ts';
import { LogRoom } from './access-log/log-room.ts';
import { removeData } from './people-data.ts';
const folder = '/tmp/exp-scratch';
await removeData(folder);
await rm(folder, { recursive: true, force: true });
await mkdir(folder);
const t0 = performance.now();
const cluster = await Cluster.make(folder);
console.log('made', performance.now() - t0);
const room = await LogRoom.open({
  folder,
  cluster,
  settings: { publishing: { intervalMs: 200, timeoutMs: 1_000, witnessMinutes: 0.05 } },
});
console.log('open', performance.now() - t0);
room.watch.start();
const stage: any = {
  room,
  disk: null,
  callers: (name: string) =>
    doorCallers({
      callers: 32,
      seed: 'x',
      name,
      callerKey: room.callerKey,
      origin: room.writer.origin,
      mostEntries: 32,
    }),
  released: [],
  writtenTwice: 0,
  checkpoints: 0,
};
try {
  for (const which of process.argv.slice(2)) {
    const t = performance.now();
    const r = await crashRound(stage, (faults as any)[which], {
      seed: 'a',
      name: `r-${which}-${Math.random()}`,
      atLeast: 2000,
    });
    const { latenciesMs, violations, ...rest } = r;
    console.log(which, rest, violations.length, violations.slice(0, 5), Math.round(performance.now() - t));
  }
} finally {
  await room.close();
  await removeData(folder);
}
