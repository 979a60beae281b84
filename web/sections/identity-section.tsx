import { partOf, type Reading } from '../api/reading.ts';
import type { PersonView } from '../api/use-person.ts';
import { BirthDate } from '../components/birth-date.tsx';
import { Fact } from '../components/fact.tsx';
import { MaskedNumber } from '../components/masked-number.tsx';
import { Portrait } from '../components/portrait.tsx';
import { Section } from '../components/section.tsx';
import { SourceLine } from '../components/source-line.tsx';
import { countryName } from '../format/country.ts';
import type { IdentitySectionFragment } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';

type Citizen = Extract<IdentitySectionFragment, { readonly __typename: 'Citizen' }>;

/** Who the person is. */
export function IdentitySection({ view }: { readonly view: PersonView<IdentitySectionFragment> }) {
  const { profile, person: texts, words, language } = useTexts();
  const { person, reading } = view;
  const isForeigner = person?.__typename === 'ForeignResident';
  const parts = [
    partOf(person?.fullName, reading.at('fullName')),
    partOf(person?.personalNumber, reading.at('personalNumber')),
  ];
  return (
    <Section id="identity" title={profile.identity} asked={view} readings={[reading]} parts={parts}>
      {person !== null && (
        <>
          <div className="with-portrait">
            {!isForeigner && (
              <Portrait
                picture={person.identityCard?.portrait}
                withheld={reading.withheld('identityCard', 'portrait')}
              />
            )}
            <dl className="facts">
              <Fact
                term={texts.fullName}
                value={person.fullName === null ? null : <strong className="name">{person.fullName}</strong>}
                withheld={reading.withheld('fullName')}
              />
              <Fact
                term={isForeigner ? texts.foreignNumber : texts.number}
                value={
                  person.personalNumber === null ? null : <MaskedNumber number={person.personalNumber} />
                }
                withheld={reading.withheld('personalNumber')}
              />
              <Fact
                term={texts.birth}
                value={person.dateOfBirth === null ? null : <BirthDate date={person.dateOfBirth} />}
                withheld={reading.withheld('dateOfBirth')}
              />
              <Fact
                term={texts.sex}
                value={person.sex === null ? null : words.sex[person.sex]}
                withheld={reading.withheld('sex')}
              />
              <Fact
                term={texts.nationality}
                value={person.nationality?.map((code) => countryName(code, language)).join(', ')}
                withheld={reading.withheld('nationality')}
              />
            </dl>
          </div>
          {person.__typename === 'Citizen' && <CitizenFacts citizen={person} reading={reading} />}
          <SourceLine source={person.source} />
        </>
      )}
    </Section>
  );
}

function CitizenFacts({ citizen, reading }: { readonly citizen: Citizen; readonly reading: Reading }) {
  const { person: texts, words } = useTexts();
  const { eIdentity, bloodGroup, recordStatus, oldIdNumber, previousNumbers } = citizen;
  const inVietnamese = (text: string | null | undefined) =>
    text == null ? null : <span lang="vi">{text}</span>;
  const oldNumber = oldIdNumber === null ? null : <MaskedNumber number={oldIdNumber} />;
  const rows = [
    [texts.ethnicity, inVietnamese(citizen.ethnicity), 'ethnicity'],
    [texts.religion, inVietnamese(citizen.religion), 'religion'],
    [texts.blood, bloodGroup === null ? null : words.blood[bloodGroup], 'bloodGroup'],
    [texts.placeOfBirth, inVietnamese(citizen.placeOfBirth?.text), 'placeOfBirth'],
    [texts.birthRegistration, inVietnamese(citizen.birthRegistrationPlace?.text), 'birthRegistrationPlace'],
    [texts.origin, inVietnamese(citizen.placeOfOrigin?.text), 'placeOfOrigin'],
    [texts.phone, citizen.phone, 'phone'],
    [texts.email, citizen.email, 'email'],
    [texts.occupation, inVietnamese(citizen.occupation), 'occupation'],
    [texts.otherName, inVietnamese(citizen.otherName), 'otherName'],
    [texts.oldIdNumber, oldNumber, 'oldIdNumber'],
    [texts.previousNumbers, previousNumbers?.join(', '), 'previousNumbers'],
    [texts.status, recordStatus === null ? null : words.personStatus[recordStatus], 'recordStatus'],
    [
      texts.eid,
      eIdentity?.status == null
        ? null
        : texts.eidValue(
            eIdentity.lockReason === null
              ? words.eidStatus[eIdentity.status]
              : `${words.eidStatus[eIdentity.status]}: ${words.eidLockReason[eIdentity.lockReason]}`,
            eIdentity.level,
          ),
      'eIdentity',
    ],
  ] as const;
  return (
    <dl className="facts columns">
      {rows.map(([term, value, field]) => (
        <Fact key={field} term={term} value={value} withheld={reading.withheld(field)} />
      ))}
    </dl>
  );
}
