import type { Reading } from '../api/reading.ts';
import { DocumentFrame, type Standing } from '../components/document-frame.tsx';
import { Fact } from '../components/fact.tsx';
import { formatDate } from '../format/dates.ts';
import type { ClassScheme, DrivingLicenceFieldsFragment } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Validity } from './validity.tsx';

interface DrivingLicenceProps {
  readonly licence: DrivingLicenceFieldsFragment;
  readonly reading: Reading;
}

const schemes: readonly ClassScheme[] = ['LAW_2024', 'PRE_2025'];

/** A driving licence: its classes by the law they are read by, its points, and what stops it. */
export function DrivingLicence({ licence, reading }: DrivingLicenceProps) {
  const { documents, driving, words, language } = useTexts();
  const { licenceStatus, number, holderName, issueDate, issuingAuthority, classes } = licence;
  const standing: Standing | null =
    licenceStatus === null
      ? null
      : { text: words.licenceStatus[licenceStatus], tone: licenceStatus === 'VALID' ? 'good' : 'bad' };
  return (
    <DocumentFrame
      look="licence"
      kicker={documents.motto[0] ?? ''}
      heading={driving.title}
      standing={standing}
      source={licence.source}
    >
      <dl className="facts">
        <Fact
          term={documents.number}
          value={number === null ? null : <strong className="digits big">{number}</strong>}
          withheld={reading.withheld('number')}
        />
        <Fact term={documents.fullName} value={holderName} withheld={reading.withheld('holderName')} />
        <Fact
          term={documents.issued}
          value={issueDate === null ? null : formatDate(issueDate, language)}
          withheld={reading.withheld('issueDate')}
        />
        <Fact
          term={driving.authority}
          value={issuingAuthority === null ? null : <span lang="vi">{issuingAuthority}</span>}
          withheld={reading.withheld('issuingAuthority')}
        />
      </dl>
      {schemes.map((scheme) => (
        <Classes key={scheme} scheme={scheme} classes={classes ?? []} />
      ))}
      <p className="hint">{driving.schemeNote}</p>
      <dl className="facts wide sensitive">
        <PointsFact licence={licence} reading={reading} />
        <Fact
          term={driving.restrictions}
          value={licence.restrictions?.map(({ code, text }) => (
            <span className="line" key={code}>
              {code} {text}
            </span>
          ))}
          none={driving.noRestrictions}
          withheld={reading.withheld('restrictions')}
        />
        <HoldFact licence={licence} reading={reading} />
      </dl>
    </DocumentFrame>
  );
}

interface ClassesProps {
  readonly scheme: ClassScheme;
  readonly classes: NonNullable<DrivingLicenceFieldsFragment['classes']>;
}

function Classes({ scheme, classes }: ClassesProps) {
  const { documents, driving, words, language } = useTexts();
  const own = classes.filter((one) => one.scheme === scheme);
  if (own.length === 0) return null;
  return (
    <section className="classes">
      <h4>{words.scheme[scheme]}</h4>
      <ul>
        {own.map(({ class: letters, passDate, expiryDate }) => (
          <li key={letters}>
            <span className="class-letters">{letters}</span>
            <span>
              <span className="line">{driving.classText[scheme][letters ?? '']}</span>
              <span className="line hint">
                {passDate !== null && `${driving.passed} ${formatDate(passDate, language)} · `}
                {expiryDate !== null && `${documents.expires} `}
                <Validity until={expiryDate} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function PointsFact({ licence, reading }: DrivingLicenceProps) {
  const { driving, words, language } = useTexts();
  const points = licence.points ?? [];
  return (
    <Fact
      term={driving.points}
      value={
        points.length > 0 &&
        points.map(({ group, value, lastDeductionAt, restoreAt }) => (
          <span className="points" key={group}>
            {group !== null && <span className="line">{words.vehicleGroup[group]}</span>}
            {value !== null && (
              <>
                <meter min={0} max={12} low={4} high={8} optimum={12} value={value}>
                  {value}
                </meter>
                <strong>{driving.pointsOf(value)}</strong>
              </>
            )}
            {lastDeductionAt !== null && (
              <span className="line hint">{driving.pointsLast(formatDate(lastDeductionAt, language))}</span>
            )}
            {restoreAt !== null && (
              <span className="line hint">{driving.pointsRestore(formatDate(restoreAt, language))}</span>
            )}
          </span>
        ))
      }
      withheld={reading.withheld('points')}
    />
  );
}

function HoldFact({ licence: { heldOrSuspended: hold }, reading }: DrivingLicenceProps) {
  const { driving, words, language } = useTexts();
  const value = hold !== null && hold.kind !== null && (
    <>
      <strong className="over">
        {driving.holdValue(
          words.hold[hold.kind],
          hold.from === null ? '' : formatDate(hold.from, language),
          hold.until === null ? null : formatDate(hold.until, language),
        )}
      </strong>
      <span className="line hint">{driving.holdBy(hold.authority ?? '', hold.decisionNo ?? '')}</span>
    </>
  );
  return (
    <Fact
      term={driving.hold}
      value={value}
      none={driving.noHold}
      withheld={reading.withheld('heldOrSuspended')}
    />
  );
}
