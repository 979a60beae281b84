import type { Reading } from '../api/reading.ts';
import { DocumentFrame } from '../components/document-frame.tsx';
import { Fact } from '../components/fact.tsx';
import { formatDate } from '../format/dates.ts';
import type { ResidenceCardFieldsFragment } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useDateStanding } from './date-standing.ts';
import { Validity } from './validity.tsx';

interface ResidenceCardProps {
  readonly card: ResidenceCardFieldsFragment;
  readonly reading: Reading;
}

/** The residence card of a foreigner. */
export function ResidenceCard({ card, reading }: ResidenceCardProps) {
  const { documents, papers, words, language } = useTexts();
  const { number, symbol, residenceKind, issueDate, expiryDate, address } = card;
  return (
    <DocumentFrame
      look="residence"
      kicker={documents.motto[0] ?? ''}
      heading={residenceKind === null ? papers.residenceHeading : words.residenceKind[residenceKind]}
      standing={useDateStanding(expiryDate)}
      source={card.source}
    >
      <dl className="facts">
        <Fact
          term={documents.number}
          value={number === null ? null : <strong className="digits big">{number}</strong>}
          withheld={reading.withheld('number')}
        />
        {symbol !== null && <Fact term={papers.symbol} value={<strong>{symbol}</strong>} />}
        <Fact
          term={documents.issued}
          value={issueDate === null ? null : formatDate(issueDate, language)}
          withheld={reading.withheld('issueDate')}
        />
        <Fact
          term={documents.expires}
          value={expiryDate === null ? null : <Validity until={expiryDate} />}
          withheld={reading.withheld('expiryDate')}
        />
        <Fact
          term={papers.address}
          value={address === null ? null : <span lang="vi">{address}</span>}
          withheld={reading.withheld('address')}
        />
      </dl>
    </DocumentFrame>
  );
}
