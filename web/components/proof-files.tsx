import { useState } from 'react';
import type { ProofClaim } from '../proof/check-proof.ts';
import { useTexts } from '../texts/use-texts.ts';
import { copyText, downloadText } from './hand-over.ts';

/** What proves an entry, to be downloaded or copied, with the one command that checks it. */
export function ProofFiles({ origin, index, entry, proof }: Omit<ProofClaim, 'leafHash'>) {
  const { accessProof } = useTexts();
  const [said, setSaid] = useState('');
  const name = `${origin.replaceAll(/[^\w.-]+/g, '-')}-${index}`;
  const command = `npx dinhdanh-verify --entry ${name}.json --proof ${name}.tlog-proof --log-key ${accessProof.key}`;
  const copy = async (text: string): Promise<void> => {
    setSaid((await copyText(text)) ? accessProof.copied : accessProof.copyFailed);
  };
  return (
    <>
      <div className="buttons">
        <button type="button" className="button small" onClick={() => downloadText(`${name}.json`, entry)}>
          {accessProof.downloadEntry}
        </button>
        <button
          type="button"
          className="button small"
          onClick={() => downloadText(`${name}.tlog-proof`, proof)}
        >
          {accessProof.downloadProof}
        </button>
      </div>
      <p>{accessProof.how}</p>
      <pre className="command">
        <code>{command}</code>
      </pre>
      <div className="buttons">
        <button type="button" className="button quiet small" onClick={() => void copy(command)}>
          {accessProof.copyCommand}
        </button>
        <button type="button" className="button quiet small" onClick={() => void copy(entry)}>
          {accessProof.copyEntry}
        </button>
        <button type="button" className="button quiet small" onClick={() => void copy(proof)}>
          {accessProof.copyProof}
        </button>
      </div>
      <output>{said}</output>
      <details className="more">
        <summary>{accessProof.text}</summary>
        <h3>{accessProof.entryText}</h3>
        <pre className="command">{entry}</pre>
        <h3>{accessProof.proofText}</h3>
        <pre className="command">{proof}</pre>
      </details>
    </>
  );
}
