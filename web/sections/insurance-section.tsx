import { documentPart } from '../api/reading.ts';
import type { Subject } from '../api/place-of.ts';
import type { PersonView } from '../api/use-person.ts';
import { Mismatch } from '../components/mismatch.tsx';
import { NoneMessage } from '../components/section-messages.tsx';
import { Section } from '../components/section.tsx';
import { SourceLine } from '../components/source-line.tsx';
import { HealthInsurance } from '../documents/health-insurance.tsx';
import { SocialInsurance } from '../documents/social-insurance.tsx';
import type { InsuranceSectionFragment } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { BenefitsHistory, ContributionsHistory, MedicalHistory } from './histories.tsx';

interface InsuranceSectionProps {
  readonly view: PersonView<InsuranceSectionFragment>;
  readonly subject: Subject;
}

/** Health and social insurance with their histories. */
export function InsuranceSection({ view, subject }: InsuranceSectionProps) {
  const { profile, insurance } = useTexts();
  const { person, answer } = view;
  const atSocial = view.reading.at('socialInsurance');
  const atHealth = view.reading.at('healthInsurance');
  const social = documentPart(person?.socialInsurance, atSocial, 'number');
  const health = documentPart(person?.healthInsurance, atHealth, 'number');
  const held = [person?.socialInsurance, person?.healthInsurance].filter((one) => one != null);
  return (
    <Section
      id="insurance"
      title={profile.insurance}
      asked={view}
      readings={[atSocial, atHealth]}
      parts={[social, health]}
    >
      {person !== null && (
        <Mismatch notices={answer?.notices ?? []} service="social-insurance" person={person} holders={held} />
      )}
      <div className="documents">
        {health.state === 'there' && <HealthInsurance card={health.value} reading={atHealth} />}
        {social.state === 'there' && <SocialInsurance member={social.value} reading={atSocial} />}
      </div>
      {health.state === 'none' && <NoneMessage what={insurance.healthWhat} service="social-insurance" />}
      {social.state === 'none' && <NoneMessage what={insurance.socialWhat} service="social-insurance" />}
      {social.state === 'there' && (
        <>
          <ContributionsHistory subject={subject} />
          <BenefitsHistory subject={subject} />
        </>
      )}
      {health.state === 'there' && <MedicalHistory subject={subject} />}
      <SourceLine source={held[0]?.source} />
    </Section>
  );
}
