import { partOf, type Reading } from '../api/reading.ts';
import type { PersonView } from '../api/use-person.ts';
import { Fact, Withheld } from '../components/fact.tsx';
import { Section } from '../components/section.tsx';
import { SourceLine } from '../components/source-line.tsx';
import type { FamilySectionFragment } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';

type Citizen = Extract<FamilySectionFragment, { readonly __typename: 'Citizen' }>;

/** The family and the household: names and relations alone. */
export function FamilySection({ view }: { readonly view: PersonView<FamilySectionFragment> }) {
  const { profile, person: texts } = useTexts();
  const { person, reading } = view;
  const isForeigner = person?.__typename === 'ForeignResident';
  const citizen = person?.__typename === 'Citizen' ? person : null;
  const parts = isForeigner
    ? [{ state: 'none' } as const]
    : [
        partOf(citizen?.householdMembers, reading.at('householdMembers')),
        partOf(citizen?.maritalStatus, reading.at('maritalStatus')),
      ];
  return (
    <Section
      id="family"
      title={profile.family}
      asked={view}
      readings={isForeigner ? [] : [reading]}
      parts={parts}
    >
      {isForeigner && <p>{texts.foreignFamily}</p>}
      {citizen !== null && <Family citizen={citizen} reading={reading} />}
    </Section>
  );
}

function Family({ citizen, reading }: { readonly citizen: Citizen; readonly reading: Reading }) {
  const { person: texts, source, words } = useTexts();
  const { father, mother, spouse, children, legalRepresentative, represented } = citizen;
  const relatives = [
    father,
    mother,
    spouse,
    ...(children ?? []),
    legalRepresentative,
    ...(represented ?? []),
  ];
  const named = relatives.filter((relative) => relative !== null);
  const withheld = reading.withheld('father') ?? reading.withheld('children');
  return (
    <>
      <dl className="facts">
        <Fact
          term={texts.marital}
          value={citizen.maritalStatus === null ? null : words.marital[citizen.maritalStatus]}
          withheld={reading.withheld('maritalStatus')}
        />
      </dl>
      <h3>{texts.relatives}</h3>
      {named.length === 0 && withheld !== null && <Withheld failure={withheld} what={texts.relatives} />}
      {named.length === 0 && withheld === null && <p className="nothing">{source.none}</p>}
      {named.length > 0 && (
        <dl className="facts columns">
          {named.map(({ fullName, relation }) => (
            <Fact
              key={`${relation} ${fullName}`}
              term={relation === null ? texts.relatives : words.relation[relation]}
              value={fullName}
            />
          ))}
        </dl>
      )}
      <h3>{texts.household}</h3>
      <dl className="facts columns">
        <Fact
          term={texts.relationToHead}
          value={citizen.relationToHead === null ? null : words.household[citizen.relationToHead]}
          withheld={reading.withheld('relationToHead')}
        />
        {(citizen.householdMembers ?? []).map(({ fullName, relationToHead }) => (
          <Fact
            key={`${relationToHead} ${fullName}`}
            term={relationToHead === null ? texts.members : words.household[relationToHead]}
            value={fullName}
          />
        ))}
      </dl>
      <SourceLine source={citizen.source} />
    </>
  );
}
