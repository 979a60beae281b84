import type { Reading } from '../api/reading.ts';
import { DocumentFrame } from '../components/document-frame.tsx';
import { Fact } from '../components/fact.tsx';
import { groupDigits, yearsAndMonths } from '../format/numbers.ts';
import type { SocialInsuranceFieldsFragment } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';

interface SocialInsuranceProps {
  readonly member: SocialInsuranceFieldsFragment;
  readonly reading: Reading;
}

/** The social insurance book. */
export function SocialInsurance({ member, reading }: SocialInsuranceProps) {
  const { documents, insurance, words } = useTexts();
  const { number, holderName, membershipStatus, participationType, totalMonths, managingAgency } = member;
  const total = totalMonths === null ? null : yearsAndMonths(totalMonths);
  return (
    <DocumentFrame look="social" heading={insurance.social} source={member.source}>
      <dl className="facts">
        <Fact
          term={insurance.socialNumber}
          value={number === null ? null : <strong className="digits big">{groupDigits(number)}</strong>}
          withheld={reading.withheld('number')}
        />
        <Fact term={documents.fullName} value={holderName} withheld={reading.withheld('holderName')} />
        <Fact
          term={insurance.agency}
          value={managingAgency === null ? null : <span lang="vi">{managingAgency}</span>}
          withheld={reading.withheld('managingAgency')}
        />
        <Fact
          term={insurance.membership}
          value={membershipStatus === null ? null : words.membership[membershipStatus]}
          withheld={reading.withheld('membershipStatus')}
        />
        <Fact
          term={insurance.participation}
          value={participationType === null ? null : words.participation[participationType]}
          withheld={reading.withheld('participationType')}
        />
        <Fact
          term={insurance.total}
          value={total === null ? null : insurance.totalValue(total.years, total.months)}
          withheld={reading.withheld('totalMonths')}
        />
      </dl>
    </DocumentFrame>
  );
}
