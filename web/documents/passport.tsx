import type { Reading } from '../api/reading.ts';
import { DocumentFrame } from '../components/document-frame.tsx';
import { Fact } from '../components/fact.tsx';
import { countryName } from '../format/country.ts';
import { formatDate } from '../format/dates.ts';
import type { PassportFieldsFragment } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useDateStanding } from './date-standing.ts';
import { Validity } from './validity.tsx';

interface PassportProps {
  readonly passport: PassportFieldsFragment;
  readonly reading: Reading;
}

/** A passport, Vietnamese or foreign. */
export function Passport({ passport, reading }: PassportProps) {
  const { documents, papers, words, language } = useTexts();
  const { number, passportType, issuer, chip, holderName, issueDate, expiryDate, placeOfIssue } = passport;
  return (
    <DocumentFrame
      look="passport"
      kicker={issuer === null ? '' : countryName(issuer, language)}
      heading={papers.passport}
      standing={useDateStanding(expiryDate)}
      source={passport.source}
    >
      <dl className="facts">
        <Fact
          term={documents.number}
          value={number === null ? null : <strong className="digits big">{number}</strong>}
          withheld={reading.withheld('number')}
        />
        <Fact term={documents.fullName} value={holderName} withheld={reading.withheld('holderName')} />
        <Fact
          term={papers.passportKind}
          value={passportType === null ? null : words.passportType[passportType]}
          withheld={reading.withheld('passportType')}
        />
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
        <Fact term={documents.issuePlace} value={placeOfIssue} withheld={reading.withheld('placeOfIssue')} />
        <Fact
          term={papers.chipTerm}
          value={chip === null ? null : chip ? papers.hasChip : papers.noChip}
          withheld={reading.withheld('chip')}
        />
      </dl>
    </DocumentFrame>
  );
}
