import type { Reading } from '../api/reading.ts';
import { BirthDate } from '../components/birth-date.tsx';
import { DocumentFrame, type Standing } from '../components/document-frame.tsx';
import { Fact } from '../components/fact.tsx';
import { Portrait } from '../components/portrait.tsx';
import { countryName } from '../format/country.ts';
import { formatDate, formatInstant } from '../format/dates.ts';
import { groupDigits } from '../format/numbers.ts';
import type { IdentityCardFieldsFragment, Sex } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Validity } from './validity.tsx';

/** The person as they stand on a card. */
export interface CardHolder {
  readonly fullName: string | null;
  readonly dateOfBirth: string | null;
  readonly sex: Sex | null;
  readonly nationality: readonly string[] | null;
}

interface IdentityCardProps {
  readonly card: IdentityCardFieldsFragment;
  readonly reading: Reading;
  readonly holder?: CardHolder;
}

/** The identity card. */
export function IdentityCard({ card, reading, holder }: IdentityCardProps) {
  const { documents, papers, words, language } = useTexts();
  const { cardStatus, documentType } = card;
  const standing: Standing | null =
    cardStatus === null
      ? null
      : { text: words.cardStatus[cardStatus], tone: cardStatus === 'VALID' ? 'good' : 'bad' };
  return (
    <DocumentFrame
      look="card"
      kicker={documents.motto[0] ?? ''}
      heading={documentType === null ? papers.cardHeading : words.cardType[documentType]}
      standing={standing}
      source={card.source}
    >
      <div className="with-portrait">
        <Portrait picture={card.portrait} withheld={reading.withheld('portrait')} />
        <dl className="facts">
          <Fact
            term={documents.number}
            value={
              card.cardNumber === null ? null : (
                <strong className="digits">{groupDigits(card.cardNumber)}</strong>
              )
            }
            withheld={reading.withheld('cardNumber')}
          />
          {holder !== undefined && <HolderFacts holder={holder} />}
          <Fact
            term={documents.issued}
            value={card.issueDate === null ? null : formatDate(card.issueDate, language)}
            withheld={reading.withheld('issueDate')}
          />
          <Fact
            term={documents.expires}
            value={reading.withheld('expiryDate') === null ? <Validity until={card.expiryDate} /> : null}
            withheld={reading.withheld('expiryDate')}
          />
          <Fact
            term={documents.issuePlace}
            value={card.issuePlace}
            withheld={reading.withheld('issuePlace')}
          />
        </dl>
      </div>
      <CardDetails card={card} reading={reading} />
    </DocumentFrame>
  );
}

function CardDetails({ card, reading }: Pick<IdentityCardProps, 'card' | 'reading'>) {
  const { documents, papers, words, language } = useTexts();
  const { chipVerification: chip } = card;
  const taken = [
    ...(card.fingerprintEnrolled === true ? [papers.fingerprint] : []),
    ...(card.irisEnrolled === true ? [papers.iris] : []),
  ].join(', ');
  return (
    <details className="more">
      <summary>{documents.details}</summary>
      <dl className="facts">
        <Fact
          term={papers.features}
          value={card.identifyingFeatures}
          withheld={reading.withheld('identifyingFeatures')}
        />
        <Fact
          term={papers.biometrics}
          value={taken}
          none={papers.noBiometrics}
          withheld={reading.withheld('fingerprintEnrolled')}
        />
        {chip !== null && chip.checkedAt !== null && (
          <Fact
            term={papers.chip}
            value={
              <>
                {[
                  [papers.chipPassive, chip.passiveAuthentication] as const,
                  [papers.chipGenuine, chip.chipAuthentication] as const,
                  [papers.chipFace, chip.faceMatch] as const,
                ].map(([term, result]) => (
                  <span className="line" key={term}>
                    {term}: {result === null ? words.check.NOT_DONE : words.check[result]}
                  </span>
                ))}
                <span className="hint">{papers.chipAt(formatInstant(chip.checkedAt, language))}</span>
              </>
            }
          />
        )}
      </dl>
      <p className="hint">{papers.biometricsNote}</p>
    </details>
  );
}

function HolderFacts({ holder }: { readonly holder: CardHolder }) {
  const { documents, words, language } = useTexts();
  const { fullName, dateOfBirth, sex, nationality } = holder;
  return (
    <>
      {fullName !== null && <Fact term={documents.fullName} value={<strong>{fullName}</strong>} />}
      {dateOfBirth !== null && <Fact term={documents.birth} value={<BirthDate date={dateOfBirth} />} />}
      {sex !== null && <Fact term={documents.sex} value={words.sex[sex]} />}
      {nationality !== null && (
        <Fact
          term={documents.nationality}
          value={nationality.map((code) => countryName(code, language)).join(', ')}
        />
      )}
    </>
  );
}
