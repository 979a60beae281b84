import { partOf } from '../api/reading.ts';
import type { Subject } from '../api/place-of.ts';
import type { PersonView } from '../api/use-person.ts';
import { DocumentFrame } from '../components/document-frame.tsx';
import { Fact } from '../components/fact.tsx';
import { NoneMessage } from '../components/section-messages.tsx';
import { Section } from '../components/section.tsx';
import { SourceLine } from '../components/source-line.tsx';
import { useDateStanding } from '../documents/date-standing.ts';
import { formatDate } from '../format/dates.ts';
import type { TravelSectionFragment } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { EntriesHistory, ExitsHistory } from './histories.tsx';

type VisaFields = NonNullable<TravelSectionFragment['visas']>[number];

interface TravelSectionProps {
  readonly view: PersonView<TravelSectionFragment>;
  readonly subject: Subject;
}

/** Visas of foreigners, and everybody's entries and exits. */
export function TravelSection({ view, subject }: TravelSectionProps) {
  const { profile, travel } = useTexts();
  const { person } = view;
  const reading = view.reading.at('visas');
  const visas = partOf(person?.visas, reading);
  const isForeigner = person?.__typename === 'ForeignResident';
  const list = visas.state === 'there' ? visas.value : [];
  return (
    <Section id="travel" title={profile.travel} asked={view} readings={[reading]} parts={[visas]}>
      {visas.state === 'none' && !isForeigner && <p>{travel.citizenVisas}</p>}
      {visas.state === 'none' && isForeigner && <NoneMessage what={travel.visaWhat} service="immigration" />}
      <div className="documents">
        {list.map((visa) => (
          <Visa key={visa.number} visa={visa} />
        ))}
      </div>
      <EntriesHistory subject={subject} />
      <ExitsHistory subject={subject} />
      <SourceLine source={list[0]?.source} />
    </Section>
  );
}

function Visa({ visa }: { readonly visa: VisaFields }) {
  const { documents, travel, insurance, words, language } = useTexts();
  const { code, number, entries, validFrom, validTo, sponsor } = visa;
  return (
    <DocumentFrame
      look="visa"
      kicker={documents.country}
      heading={`${travel.visa} ${code ?? ''}`}
      standing={useDateStanding(validTo)}
      source={visa.source}
    >
      <dl className="facts">
        <Fact term={documents.number} value={<strong className="digits">{number}</strong>} />
        <Fact term={travel.entries} value={entries === null ? null : words.visaEntries[entries]} />
        <Fact
          term={travel.valid}
          value={
            validFrom === null
              ? null
              : insurance.periodValue(
                  formatDate(validFrom, language),
                  validTo === null ? null : formatDate(validTo, language),
                )
          }
        />
        <Fact term={travel.sponsor} value={sponsor === null ? null : <span lang="vi">{sponsor}</span>} />
      </dl>
    </DocumentFrame>
  );
}
