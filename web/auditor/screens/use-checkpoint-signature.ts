import { useEffect, useState } from 'react';
import { checkSignature, type SignatureState } from '../../proof/check-signature.ts';
import { readNote, readVerifierKey } from '../../proof/read-proof.ts';

/** Computes whether a checkpoint is signed by the log's key; null until it is known, or where there is nothing to check. */
export function useCheckpointSignature(
  checkpoint: string | null,
  logKey: string | null,
): SignatureState['state'] | null {
  const [found, setFound] = useState<{ readonly of: string; readonly state: SignatureState['state'] } | null>(
    null,
  );
  const of = `${checkpoint} ${logKey}`;
  useEffect(() => {
    let isLeft = false;
    if (checkpoint !== null && logKey !== null)
      void compute(checkpoint, logKey).then((state) => {
        if (!isLeft) setFound({ of, state });
      });
    return () => {
      isLeft = true;
    };
  }, [checkpoint, logKey, of]);
  return found?.of === of ? found.state : null;
}

async function compute(checkpoint: string, logKey: string): Promise<SignatureState['state']> {
  // Browsers compute nothing on pages that came over an open network.
  if (!window.isSecureContext) return 'unsupported';
  const note = readNote(checkpoint);
  const key = await readVerifierKey(logKey);
  return note === null || key === null ? 'broken' : (await checkSignature(note, key)).state;
}
