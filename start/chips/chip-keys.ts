import { createPrivateKey, generateKeyPair } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openTrustStore } from '@dinhdanh/accounts/chip';
import type { TrustStore } from '@dinhdanh/accounts/chip';
import { authorityKeys, ChipAuthority, deriveKey } from '@dinhdanh/accounts/synthetic-chips';
import type { ChipTools, KeyKind } from '@dinhdanh/accounts/synthetic-chips';
import type { Clock } from '@dinhdanh/kit';
import { secretIn } from '../keys.ts';
import type { KeyFolder } from '../keys.ts';
import { StartError } from '../start-error.ts';

/** What synthetic chips of this installation are made with, and what trusts them. */
export interface ChipKeys {
  readonly tools: () => Promise<ChipTools>;
  /** Trust in this installation's synthetic authorities, with a current list of who was revoked. */
  readonly trust: () => Promise<TrustStore>;
}

const generate = promisify(generateKeyPair);
const FILE = 'chip-authority.json';

/**
 * The keys of synthetic chips: those of the authorities and signers in a file beside the other keys, made when a chip is
 * first asked for (some seconds, on another thread), those of chips derived from a key of the folder. Nothing outside
 * this installation trusts them, and no two installations have the same.
 */
export function openChipKeys(dataFolder: string, keys: KeyFolder, clock: Clock): ChipKeys {
  const file = join(dataFolder, 'keys', FILE);
  let opened: Promise<ChipAuthority> | null = null;
  const authority = (): Promise<ChipAuthority> => {
    opened ??= openAuthority(file);
    // What could not be read is tried again by the next who asks.
    opened.catch(() => (opened = null));
    return opened;
  };
  return {
    tools: async () => {
      const secret = await keys.key('chips');
      return { authority: await authority(), chipKey: (name, kind) => deriveKey(secret, name, kind) };
    },
    trust: async () => openTrustStore((await authority()).trustSource(clock())),
  };
}

async function openAuthority(file: string): Promise<ChipAuthority> {
  const known = await readFile(file, 'utf8').catch(() => null);
  const fresh = known === null ? JSON.stringify(await makeKeys(), null, 2) : known;
  const pems = readKeys(await secretIn(file, () => fresh), file);
  return new ChipAuthority((name) => {
    const key = pems.get(name);
    if (key === undefined) throw damaged(file);
    return key;
  });
}

async function makeKeys(): Promise<Record<string, string>> {
  const made: Record<string, string> = {};
  for (const [name, kind] of authorityKeys)
    made[name] = (await makeKey(kind)).export({ format: 'pem', type: 'pkcs8' }).toString();
  return made;
}

async function makeKey(kind: KeyKind): Promise<KeyObject> {
  const { privateKey } = kind.startsWith('RSA')
    ? await generate('rsa', { modulusLength: kind === 'RSA_3072' ? 3072 : 2048 })
    : await generate('ec', { namedCurve: kind === 'P_256' ? 'P-256' : 'P-384' });
  return privateKey;
}

function readKeys(text: string, file: string): Map<string, KeyObject> {
  try {
    const pems = JSON.parse(text) as Record<string, string>;
    return new Map(Object.entries(pems).map(([name, pem]) => [name, createPrivateKey(pem)]));
  } catch {
    throw damaged(file);
  }
}

function damaged(file: string): StartError {
  return new StartError(
    `The key file ${file} is damaged: delete it to have new synthetic authorities made; cards that were laid before are no longer trusted then.`,
  );
}
