import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GatewayOptions } from '@dinhdanh/gateway';
import { supergraphFile as committed } from '@dinhdanh/schema';
import { ownDocuments } from './own-documents.ts';
import { StartError } from './start-error.ts';

/** Files of the contract, where they are not the system's own. */
export interface ContractFiles {
  /** The supergraph, taken up again when it changes; the committed one where it is left out. */
  readonly supergraphFile?: string | null;
  /** Manifests of trusted documents beside the system's own. */
  readonly documentFiles?: readonly string[];
}

/** What a gateway serves, and the files it comes from. */
export type Contract = Required<Pick<GatewayOptions, 'supergraph' | 'supergraphFile' | 'documentFiles'>>;

/**
 * Finds the files of the contract that the gateway serves.
 *
 * @throws StartError naming the file that is not there
 */
export async function readContract(given: ContractFiles): Promise<Contract> {
  const supergraphFile =
    (given.supergraphFile ?? null) === null ? fileURLToPath(committed) : resolve(given.supergraphFile ?? '');
  const documentFiles = [ownDocuments, ...(given.documentFiles ?? []).map((file) => resolve(file))];
  const [supergraph = ''] = await Promise.all(
    [supergraphFile, ...documentFiles].map((file) =>
      readFile(file, 'utf8').catch(() => {
        const advice = file === ownDocuments ? 'npm run prepare makes it.' : 'See docs/config.md.';
        throw new StartError(`The gateway cannot read ${file}. ${advice}`);
      }),
    ),
  );
  return { supergraph, supergraphFile, documentFiles };
}
