import type { Reading } from '../api/reading.ts';
import { DocumentFrame } from '../components/document-frame.tsx';
import { Fact } from '../components/fact.tsx';
import { formatDate } from '../format/dates.ts';
import { groupDigits } from '../format/numbers.ts';
import type { HealthInsuranceFieldsFragment } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useDateStanding } from './date-standing.ts';
import { Validity } from './validity.tsx';

interface HealthInsuranceProps {
  readonly card: HealthInsuranceFieldsFragment;
  readonly reading: Reading;
}

/** The health insurance card. What it tells of the holder's group stands behind the passcode. */
export function HealthInsurance({ card, reading }: HealthInsuranceProps) {
  const { documents, insurance, language } = useTexts();
  const { number, registeredFacility: facility, validFrom, validTo, issueDate, ratePercent } = card;
  const until = reading.withheld('validTo') === null ? <Validity until={validTo} /> : null;
  const date = (day: string | null): string | null => (day === null ? null : formatDate(day, language));
  const place = facility === null ? null : <span lang="vi">{facility.name}</span>;
  const rows = [
    [documents.fullName, card.holderName, 'holderName'],
    [insurance.facility, place, 'registeredFacility'],
    [insurance.validFrom, date(validFrom), 'validFrom'],
    [documents.expires, until, 'validTo'],
    [insurance.fiveYears, date(card.fiveYearContinuousFrom), 'fiveYearContinuousFrom'],
    [documents.issued, date(issueDate), 'issueDate'],
    [documents.issuePlace, card.issuePlace, 'issuePlace'],
    [insurance.benefit, ratePercent === null ? null : insurance.benefitValue(ratePercent), 'ratePercent'],
    [insurance.object, card.object, 'object'],
    [insurance.code15, card.code15, 'code15'],
  ] as const;
  return (
    <DocumentFrame
      look="health"
      heading={insurance.health}
      standing={useDateStanding(validTo)}
      source={card.source}
    >
      <dl className="facts">
        <Fact
          term={insurance.healthNumber}
          value={number === null ? null : <strong className="digits big">{groupDigits(number)}</strong>}
          withheld={reading.withheld('number')}
        />
        {rows.map(([term, value, field]) => (
          <Fact key={field} term={term} value={value} withheld={reading.withheld(field)} />
        ))}
      </dl>
    </DocumentFrame>
  );
}
