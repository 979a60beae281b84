import { systemClock } from '@dinhdanh/kit';
import { people } from '@dinhdanh/people';
import { openRegistrar } from '@dinhdanh/population/registrar';
import { expect, inject, it } from 'vitest';
import { ask, readDemo, signIn } from '../harness/client.ts';
import { SYSTEM_OPTIONS } from '../harness/system-options.ts';
import { persona, today } from '../harness/told-people.ts';

it('a guardianship that population records or ends is told to the guardian within seconds, through the gateway', async () => {
  const system = inject('system');
  const registrar = openRegistrar({
    databaseUrl: system.databaseUrls.population ?? '',
    clock: systemClock,
  });
  const guardian = persona('level1').account.username;
  const { people: count, seed } = SYSTEM_OPTIONS;
  const ward = [...people({ count, seed, today })]
    .flatMap(({ account }) => account ?? [])
    .find(({ kind, status }) => kind === 'CITIZEN' && status === 'ACTIVE');
  const { citizens } = readDemo(system.dataFolder);
  const demo = citizens['level1'];
  if (ward === undefined || demo === undefined) return expect.unreachable('no ward or no guardian');
  const token = await signIn(system.url, demo, false);
  const relations = async (): Promise<string[]> => {
    const { data } = await ask(system.url, '{ me { dependants { relation } } }', { token });
    const { me } = data as { me: { dependants: { relation: string }[] } };
    return me.dependants.map(({ relation }) => relation);
  };
  const until = (wanted: readonly string[]): Promise<void> =>
    expect.poll(relations, { interval: 200 }).toEqual(wanted);
  try {
    await until([]);
    await registrar.appointGuardian(ward.username, guardian);
    await until(['WARD']);
    await registrar.endGuardianship(ward.username, guardian);
    await until([]);
  } finally {
    await registrar.close();
  }
});
