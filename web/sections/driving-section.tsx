import { documentPart } from '../api/reading.ts';
import type { Subject } from '../api/place-of.ts';
import type { PersonView } from '../api/use-person.ts';
import { Mismatch } from '../components/mismatch.tsx';
import { NoneMessage } from '../components/section-messages.tsx';
import { Section } from '../components/section.tsx';
import { SourceLine } from '../components/source-line.tsx';
import { DrivingLicence } from '../documents/driving-licence.tsx';
import type { DrivingSectionFragment } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { DeductionsHistory } from './histories.tsx';

interface DrivingSectionProps {
  readonly view: PersonView<DrivingSectionFragment>;
  readonly subject: Subject;
}

/** Driving licences with classes, points and what stops them. */
export function DrivingSection({ view, subject }: DrivingSectionProps) {
  const { profile, driving } = useTexts();
  const { person, answer } = view;
  const reading = view.reading.at('drivingLicences');
  const licences = documentPart(person?.drivingLicences, reading, 'number');
  return (
    <Section id="driving" title={profile.driving} asked={view} readings={[reading]} parts={[licences]}>
      {licences.state === 'none' && <NoneMessage what={driving.what} service="driving-licences" />}
      {licences.state === 'there' && person !== null && (
        <>
          <Mismatch
            notices={answer?.notices ?? []}
            service="driving-licences"
            person={person}
            holders={licences.value}
          />
          <div className="documents">
            {licences.value.map((licence, position) => (
              <DrivingLicence
                key={licence.number ?? position}
                licence={licence}
                reading={reading.at(position)}
              />
            ))}
          </div>
          <DeductionsHistory subject={subject} />
          <SourceLine source={licences.value[0]?.source} />
        </>
      )}
    </Section>
  );
}
