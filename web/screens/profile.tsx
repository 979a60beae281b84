import type { Subject } from '../api/place-of.ts';
import { usePerson } from '../api/use-person.ts';
import { PasscodeBar } from '../components/passcode-bar.tsx';
import { LevelMessage } from '../components/section-messages.tsx';
import { Progress } from '../components/progress.tsx';
import {
  DependantsDrivingDocument,
  DependantsFamilyDocument,
  DependantsIdentityDocument,
  DependantsInsuranceDocument,
  DependantsPapersDocument,
  DependantsResidenceDocument,
  DependantsTravelDocument,
  DependantsVehiclesDocument,
  MyDrivingDocument,
  MyFamilyDocument,
  MyIdentityDocument,
  MyInsuranceDocument,
  MyPapersDocument,
  MyResidenceDocument,
  MyTravelDocument,
  MyVehiclesDocument,
} from '../generated/operations.ts';
import { DrivingSection } from '../sections/driving-section.tsx';
import { FamilySection } from '../sections/family-section.tsx';
import { IdentitySection } from '../sections/identity-section.tsx';
import { InsuranceSection } from '../sections/insurance-section.tsx';
import { PapersSection } from '../sections/papers-section.tsx';
import { ResidenceSection } from '../sections/residence-section.tsx';
import { TravelSection } from '../sections/travel-section.tsx';
import { VehiclesSection } from '../sections/vehicles-section.tsx';
import { useTexts } from '../texts/use-texts.ts';

const identity = { mine: MyIdentityDocument, dependants: DependantsIdentityDocument };
const residence = { mine: MyResidenceDocument, dependants: DependantsResidenceDocument };
const family = { mine: MyFamilyDocument, dependants: DependantsFamilyDocument };
const papers = { mine: MyPapersDocument, dependants: DependantsPapersDocument };
const driving = { mine: MyDrivingDocument, dependants: DependantsDrivingDocument };
const vehicles = { mine: MyVehiclesDocument, dependants: DependantsVehiclesDocument };
const insurance = { mine: MyInsuranceDocument, dependants: DependantsInsuranceDocument };
const travel = { mine: MyTravelDocument, dependants: DependantsTravelDocument };

/** The sections in their order: their ids are the names of their headings in the catalogue. */
const sections = [
  'identity',
  'papers',
  'residence',
  'family',
  'driving',
  'vehicles',
  'insurance',
  'travel',
] as const;

/** A person's profile: every section asks for itself, all at once, and fails by itself. */
export function Profile({ subject }: { readonly subject: Subject }) {
  const { frame } = useTexts();
  const views = {
    identity: usePerson(subject, identity, {}),
    residence: usePerson(subject, residence, {}),
    family: usePerson(subject, family, {}),
    papers: usePerson(subject, papers, {}),
    driving: usePerson(subject, driving, {}),
    vehicles: usePerson(subject, vehicles, {}),
    insurance: usePerson(subject, insurance, {}),
    travel: usePerson(subject, travel, {}),
  };
  const answers = Object.values(views).map(({ answer }) => answer);
  const answered = answers.filter((answer) => answer !== null).length;
  const needsLevel = answers.some((answer) => answer?.failures.some(({ code }) => code === 'LEVEL_REQUIRED'));
  return (
    <>
      <PasscodeBar answers={answers} />
      {needsLevel && <LevelMessage />}
      {answered < sections.length && <Progress label={frame.asking} done={answered} all={sections.length} />}
      <div className="profile">
        <SectionList />
        <div className="sections">
          <IdentitySection view={views.identity} />
          <PapersSection view={views.papers} />
          <ResidenceSection view={views.residence} />
          <FamilySection view={views.family} />
          <DrivingSection view={views.driving} subject={subject} />
          <VehiclesSection view={views.vehicles} />
          <InsuranceSection view={views.insurance} subject={subject} />
          <TravelSection view={views.travel} subject={subject} />
        </div>
      </div>
    </>
  );
}

function SectionList() {
  const { profile } = useTexts();
  return (
    <nav className="section-list" aria-label={profile.sections}>
      <ul>
        {sections.map((section) => (
          <li key={section}>
            <button type="button" className="link" onClick={() => goTo(section)}>
              {profile[section]}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Takes the eye and the focus to the heading of a section. */
function goTo(section: string): void {
  const heading = document.querySelector<HTMLElement>(`#${section} > h2`);
  heading?.focus({ preventScroll: true });
  heading?.scrollIntoView();
}
