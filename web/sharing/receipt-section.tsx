import { useState } from 'react';
import { Fact } from '../components/fact.tsx';
import { copyText, downloadText } from '../components/hand-over.ts';
import { useTexts } from '../texts/use-texts.ts';
import { readReceipt } from './read-receipt.ts';

interface ReceiptSectionProps {
  readonly consentId: string;
  /** A compact JWS; null where there is none. */
  readonly receipt: string | null;
}

/** The signed receipt of a consent: read, printed, copied and taken along. */
export function ReceiptSection({ consentId, receipt }: ReceiptSectionProps) {
  const { consents } = useTexts();
  const [said, setSaid] = useState('');
  const read = receipt === null ? null : readReceipt(receipt);
  const copy = async (text: string): Promise<void> =>
    setSaid((await copyText(text)) ? consents.copied : consents.copyFailed);
  return (
    <section className="section receipt" aria-labelledby="consent-receipt">
      <h2 id="consent-receipt" tabIndex={-1}>
        {consents.receiptTitle}
      </h2>
      {receipt === null ? (
        <p className="nothing">{consents.receiptNone}</p>
      ) : (
        <>
          <p>{consents.receiptIntro}</p>
          <div className="buttons">
            <button type="button" className="button small" onClick={() => window.print()}>
              {consents.print}
            </button>
            <button
              type="button"
              className="button quiet small"
              onClick={() => downloadText(`consent-${consentId}.jws`, receipt)}
            >
              {consents.download}
            </button>
            <button type="button" className="button quiet small" onClick={() => void copy(receipt)}>
              {consents.copy}
            </button>
          </div>
          <output>{said}</output>
          {read !== null && (
            <>
              {read.keyId !== null && (
                <dl className="facts">
                  <Fact term={consents.receiptKey} value={<code>{read.keyId}</code>} />
                </dl>
              )}
              <details className="more">
                <summary>{consents.receiptShow}</summary>
                <pre className="command">{read.content}</pre>
              </details>
            </>
          )}
          <details className="more">
            <summary>{consents.receiptSigned}</summary>
            <pre className="command">{receipt}</pre>
          </details>
          {/* What is folded is not printed, and a receipt on paper is to be checked too. */}
          <pre className="command on-paper" aria-hidden="true">
            {receipt}
          </pre>
        </>
      )}
    </section>
  );
}
