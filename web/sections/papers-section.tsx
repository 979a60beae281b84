import { partOf } from '../api/reading.ts';
import type { PersonView } from '../api/use-person.ts';
import { Mismatch } from '../components/mismatch.tsx';
import { NoneMessage } from '../components/section-messages.tsx';
import { Section } from '../components/section.tsx';
import { SourceLine } from '../components/source-line.tsx';
import { IdentityCard } from '../documents/identity-card.tsx';
import { Passport } from '../documents/passport.tsx';
import { ResidenceCard } from '../documents/residence-card.tsx';
import type { PapersSectionFragment } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';

/** Identity card or residence card, and passports: two registries, so one may be missing while the other is whole. */
export function PapersSection({ view }: { readonly view: PersonView<PapersSectionFragment> }) {
  const { profile, papers } = useTexts();
  const { person, reading, answer } = view;
  const foreigner = person?.__typename === 'ForeignResident' ? person : null;
  const atCard = reading.at(foreigner === null ? 'identityCard' : 'residenceCard');
  const atPassports = reading.at('passports');
  const passports = partOf(person?.passports, atPassports);
  const identityCard = foreigner === null ? person?.identityCard : null;
  const residenceCard = foreigner?.residenceCard;
  const card = partOf(identityCard ?? residenceCard, atCard);
  return (
    <Section
      id="papers"
      title={profile.papers}
      asked={view}
      readings={[atCard, atPassports]}
      parts={[card, passports]}
    >
      {person !== null && (
        <Mismatch
          notices={answer?.notices ?? []}
          service="immigration"
          person={person}
          holders={person.passports ?? []}
        />
      )}
      <div className="documents">
        {person !== null && identityCard != null && (
          <IdentityCard card={identityCard} reading={atCard} holder={person} />
        )}
        {residenceCard != null && <ResidenceCard card={residenceCard} reading={atCard} />}
        {passports.state === 'there' &&
          passports.value.map((passport, position) => (
            <Passport
              key={passport.number ?? position}
              passport={passport}
              reading={atPassports.at(position)}
            />
          ))}
      </div>
      {card.state === 'none' && foreigner === null && <NoneMessage what={papers.card} service="population" />}
      {card.state === 'none' && foreigner !== null && (
        <NoneMessage what={papers.residenceCard} service="immigration" />
      )}
      {passports.state === 'none' && <NoneMessage what={papers.passports} service="immigration" />}
      <SourceLine source={identityCard?.source} />
      <SourceLine source={residenceCard?.source ?? person?.passports?.[0]?.source} />
    </Section>
  );
}
