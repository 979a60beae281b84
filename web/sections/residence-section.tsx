import type { ReactNode } from 'react';
import { partOf, type Reading } from '../api/reading.ts';
import type { PersonView } from '../api/use-person.ts';
import { Fact } from '../components/fact.tsx';
import { Section } from '../components/section.tsx';
import { SourceLine } from '../components/source-line.tsx';
import { formatDate } from '../format/dates.ts';
import type { ResidenceSectionFragment } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';

type Citizen = Extract<ResidenceSectionFragment, { readonly __typename: 'Citizen' }>;
type Foreigner = Extract<ResidenceSectionFragment, { readonly __typename: 'ForeignResident' }>;

interface Home {
  readonly text: string | null;
  readonly legacyText: string | null;
  readonly asOf: string | null;
}

/** Where the person lives: permanent, temporary and current residence, in the order of the law, then absences. */
export function ResidenceSection({ view }: { readonly view: PersonView<ResidenceSectionFragment> }) {
  const { profile } = useTexts();
  const { person, reading } = view;
  const part =
    person?.__typename === 'ForeignResident'
      ? partOf(person.residenceCard, reading.at('residenceCard'))
      : partOf(person?.permanentResidence, reading.at('permanentResidence'));
  return (
    <Section id="residence" title={profile.residence} asked={view} readings={[reading]} parts={[part]}>
      {person?.__typename === 'Citizen' && <CitizenHomes citizen={person} reading={reading} />}
      {person?.__typename === 'ForeignResident' && <ForeignHome foreigner={person} reading={reading} />}
    </Section>
  );
}

function CitizenHomes({ citizen, reading }: { readonly citizen: Citizen; readonly reading: Reading }) {
  const { person: texts, language } = useTexts();
  const {
    permanentResidence,
    temporaryResidence: stay,
    currentResidence,
    temporaryAbsence: absence,
  } = citizen;
  const until = stay?.validTo ?? null;
  return (
    <>
      <dl className="facts">
        <Fact
          term={texts.permanent}
          value={permanentResidence && <Address home={permanentResidence} />}
          withheld={reading.withheld('permanentResidence')}
        />
        <Fact
          term={texts.temporary}
          value={
            stay && (
              <Address home={stay}>
                {until !== null && texts.temporaryUntil(formatDate(until, language))}
              </Address>
            )
          }
          withheld={reading.withheld('temporaryResidence')}
        />
        <Fact
          term={texts.current}
          value={currentResidence && <Address home={currentResidence} />}
          withheld={reading.withheld('currentResidence')}
        />
        <Fact
          term={texts.absence}
          value={absence && <Absence absence={absence} />}
          withheld={reading.withheld('temporaryAbsence')}
        />
        <Fact
          term={texts.residenceFile}
          value={citizen.residenceFileNumber}
          withheld={reading.withheld('residenceFileNumber')}
        />
      </dl>
      <SourceLine source={permanentResidence?.source ?? currentResidence?.source ?? stay?.source} />
    </>
  );
}

function Address({ home, children }: { readonly home: Home; readonly children?: ReactNode }) {
  const { person: texts, language } = useTexts();
  const { text, legacyText, asOf } = home;
  return (
    <>
      <span lang="vi">{text}</span>
      {legacyText !== null && legacyText !== text && (
        <span className="line hint">{texts.legacy(legacyText)}</span>
      )}
      {asOf !== null && <span className="line hint">{texts.since(formatDate(asOf, language))}</span>}
      {children !== undefined && children !== false && <span className="line hint">{children}</span>}
    </>
  );
}

function Absence({ absence }: { readonly absence: NonNullable<Citizen['temporaryAbsence']> }) {
  const { person: texts, language } = useTexts();
  const { from, to, destination, reason } = absence;
  const until = to === null ? null : formatDate(to, language);
  return (
    <>
      {texts.absenceValue(from === null ? '' : formatDate(from, language), until)}
      {destination !== null && <span className="line hint">{texts.absenceTo(destination)}</span>}
      {reason !== null && <span className="line hint">{texts.absenceReason(reason)}</span>}
    </>
  );
}

function ForeignHome({ foreigner, reading }: { readonly foreigner: Foreigner; readonly reading: Reading }) {
  const { person: texts, language } = useTexts();
  const { residenceCard, temporaryStayCertifiedUntil: until } = foreigner;
  return (
    <>
      <dl className="facts">
        <Fact
          term={texts.foreignAddress}
          value={residenceCard?.address != null && <span lang="vi">{residenceCard.address}</span>}
          withheld={reading.withheld('residenceCard', 'address')}
        />
        <Fact
          term={texts.stayUntil}
          value={until === null ? null : formatDate(until, language)}
          withheld={reading.withheld('temporaryStayCertifiedUntil')}
        />
      </dl>
      <SourceLine source={foreigner.source} />
    </>
  );
}
