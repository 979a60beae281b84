import { useEffect, useState } from 'react';
import { checkProof, type ProofCheck, type ProofClaim } from '../proof/check-proof.ts';
import type { AccessEntry } from '../access/entry.ts';
import { isMissing } from '../api/reading.ts';
import { useAnswer } from '../api/use-answer.ts';
import { AccessProofDocument } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Dialog } from './dialog.tsx';
import { Fact } from './fact.tsx';
import { Progress } from './progress.tsx';
import { ProofFiles } from './proof-files.tsx';
import { MissingMessage, RefusedMessage } from './section-messages.tsx';

interface EntryProofProps {
  readonly entry: Pick<AccessEntry, 'origin' | 'index' | 'leafHash'>;
  readonly onClose: () => void;
}

/** The proof of an entry: computed anew by the browser, to be taken along, and how to check it without us. */
export function EntryProof({ entry, onClose }: EntryProofProps) {
  const { accessProof, frame } = useTexts();
  return (
    <Dialog title={accessProof.title} onClose={onClose} isWide>
      <p>{accessProof.intro}</p>
      <AskedProof entry={entry} />
      <div className="buttons">
        <button type="button" className="button quiet" onClick={onClose}>
          {frame.close}
        </button>
      </div>
    </Dialog>
  );
}

function AskedProof({ entry: { origin, index, leafHash } }: Pick<EntryProofProps, 'entry'>) {
  const { accessProof, frame } = useTexts();
  const { answer, asking, again } = useAnswer(AccessProofDocument, { origin, index });
  if (answer === null) return <Progress label={frame.asking} />;
  const { entry = null, proof = null } = answer.data?.accessProof ?? {};
  if (entry !== null && proof !== null) return <Proof claim={{ origin, index, leafHash, entry, proof }} />;
  const failure = answer.failures[0];
  if (failure !== undefined) {
    return isMissing(failure) ? (
      <MissingMessage failure={failure} asking={asking} again={again} />
    ) : (
      <RefusedMessage failure={failure} />
    );
  }
  return (
    <div className="message" aria-live="polite">
      <div>
        <p>{accessProof.pending}</p>
        {asking ? (
          <Progress label={frame.asking} />
        ) : (
          <button type="button" className="button small" onClick={again}>
            {frame.retry}
          </button>
        )}
      </div>
    </div>
  );
}

function Proof({ claim }: { readonly claim: ProofClaim }) {
  const { accessProof, access } = useTexts();
  const check = useCheck(claim);
  return (
    <>
      <CheckMessage check={check} />
      <dl className="facts columns">
        <Fact term={accessProof.log} value={claim.origin} />
        <Fact term={accessProof.index} value={String(claim.index)} />
        {check?.state === 'holds' && <Fact term={accessProof.size} value={String(check.size)} />}
        <Fact term={access.hash} value={<code>{claim.leafHash}</code>} />
      </dl>
      <ProofFiles {...claim} />
    </>
  );
}

function useCheck({ origin, index, leafHash, entry, proof }: ProofClaim): ProofCheck | null {
  const [check, setCheck] = useState<ProofCheck | null>(null);
  useEffect(() => {
    let isGone = false;
    void checkProof({ origin, index, leafHash, entry, proof }).then((found) => {
      if (!isGone) setCheck(found);
    });
    return () => {
      isGone = true;
    };
  }, [origin, index, leafHash, entry, proof]);
  return check;
}

function CheckMessage({ check }: { readonly check: ProofCheck | null }) {
  const { accessProof } = useTexts();
  const said = { holds: accessProof.holds, fails: accessProof.fails, unable: accessProof.cannot };
  return (
    <output className={`check-line ${check?.state ?? 'checking'}`}>
      {check === null ? accessProof.checking : said[check.state]}
    </output>
  );
}
