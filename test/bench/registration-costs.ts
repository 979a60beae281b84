import { argon2Secrets } from '@dinhdanh/accounts/testing';

/** Processor time of one argon2id computation, threads of the pool counted in, in milliseconds. */
export async function measureArgon2(): Promise<number> {
  const rounds = 20;
  await argon2Secrets.hash('warm');
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) await argon2Secrets.hash(`secret ${round}`);
  const { user, system } = process.cpuUsage(before);
  return Number(((user + system) / 1000 / rounds).toFixed(2));
}
