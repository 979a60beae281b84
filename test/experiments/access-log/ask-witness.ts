import { consistencyProof, toBase64 } from '@dinhdanh/access-log/tlog';
import { valueOf } from '@dinhdanh/access-log/testing';
import type { WholeTree } from './tree-of.ts';

/** Asks a witness to cosign (https://c2sp.org/tlog-witness, `add-checkpoint`), as best as a forger can. Returns its status. */
export async function askWitness(
  url: string,
  { oldSize, note, tree }: { readonly oldSize: number; readonly note: string; readonly tree: WholeTree },
): Promise<number> {
  const proof = oldSize > tree.size ? [] : valueOf(consistencyProof(oldSize, tree.size, tree.read));
  const lines = proof.map((hash) => `${toBase64(hash)}\n`).join('');
  const response = await fetch(`${url}/add-checkpoint`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: `old ${oldSize}\n${lines}\n${note}`,
  });
  await response.text();
  return response.status;
}
