#!/usr/bin/env node
/** `npx dinhdanh-witness`: the witness as a process of its own. See `--help`. */
import { randomBytes } from 'node:crypto';
import { formatVerifierKey, signerKeyOfSeed } from '../tlog/index.ts';
import { readCommand, USAGE, type WitnessCommand } from './command-line.ts';
import { holdFolder } from './hold-folder.ts';
import { serveWitness } from './witness-server.ts';
import { readOrMakeSecret, WitnessStore } from './witness-store.ts';
import { Witness } from './witness.ts';

/** Refusals and faults, a line of JSON each. Sizes and origins of public checkpoints: nothing of any person. */
function report(event: string, fields: Readonly<Record<string, string | number>>): void {
  const time = new Date().toISOString();
  process.stderr.write(`${JSON.stringify({ time, service: 'witness', event, ...fields })}\n`);
}

async function start({ folder, name, host, port, logs, withParent }: WitnessCommand): Promise<void> {
  const secret = await readOrMakeSecret(folder, 'witness.signing.key', () =>
    randomBytes(32).toString('base64url'),
  );
  const key = signerKeyOfSeed(name, Buffer.from(secret, 'base64url'), 'cosignature');
  if (!key.ok) throw new RangeError(`the key file in ${folder} is damaged: put it back from a copy`);
  if (!(await holdFolder(folder))) throw new RangeError(`another witness works with ${folder}`);
  const witness = new Witness({
    key: key.value,
    logs,
    store: await WitnessStore.open(folder),
    nowSeconds: () => Math.floor(Date.now() / 1000),
    onRefusal: (status, { origin, size }, latest) =>
      report('WITNESS_CHECKPOINT_REFUSED', { status, origin, size, latest: latest?.size ?? 0 }),
  });
  const listening = await serveWitness(witness, {
    host,
    port,
    onFailure: (failure) =>
      report('WITNESS_FAILED', { reason: failure instanceof Error ? failure.message : 'unknown' }),
  });
  const end = (): void => void listening.close().then(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  // The parent's end of the pipe closes however the parent dies.
  if (withParent) process.stdin.once('end', end).once('error', end).resume();
  process.stdout.write(`ready http://${host}:${listening.port} ${formatVerifierKey(witness.verifierKey)}\n`);
}

try {
  const command = readCommand(process.argv.slice(2));
  if (command === 'help') process.stdout.write(USAGE);
  else await start(command);
} catch (error) {
  process.stderr.write(`dinhdanh-witness: ${error instanceof Error ? error.message : 'failed'}.\n`);
  process.exitCode = error instanceof RangeError ? 2 : 1;
}
