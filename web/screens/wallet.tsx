import { documentPart, isMissing, partOf, type Reading, readingOf } from '../api/reading.ts';
import { useAnswer } from '../api/use-answer.ts';
import { PasscodeBar } from '../components/passcode-bar.tsx';
import { Progress } from '../components/progress.tsx';
import { Screen } from '../components/screen.tsx';
import { LevelMessage, MissingMessage, RefusedMessage } from '../components/section-messages.tsx';
import { SourceLine } from '../components/source-line.tsx';
import { DrivingLicence } from '../documents/driving-licence.tsx';
import { HealthInsurance } from '../documents/health-insurance.tsx';
import { IdentityCard } from '../documents/identity-card.tsx';
import { Passport } from '../documents/passport.tsx';
import { ResidenceCard } from '../documents/residence-card.tsx';
import { SocialInsurance } from '../documents/social-insurance.tsx';
import { Vehicle } from '../documents/vehicle.tsx';
import { formatInstant } from '../format/dates.ts';
import { MyLinkedDocumentsDocument, type MyLinkedDocumentsQuery } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';

type Linked = NonNullable<NonNullable<MyLinkedDocumentsQuery['me']>['linkedDocuments']>[number];
type LinkedDocument = NonNullable<Linked['document']>;

/** The documents integrated into the account, each read from the registry that keeps it. */
export function Wallet() {
  const { wallet, frame } = useTexts();
  const { answer, asking, again } = useAnswer(MyLinkedDocumentsDocument, {});
  if (answer === null) {
    return (
      <Screen title={wallet.title}>
        <Progress label={frame.asking} />
      </Screen>
    );
  }
  const reading = readingOf(answer, ['me', 'linkedDocuments']);
  const list = partOf(answer.data?.me?.linkedDocuments, reading);
  return (
    <Screen title={wallet.title}>
      <p className="lead">{wallet.intro}</p>
      {list.state === 'withheld' && <Refused failure={list.failure} asking={asking} again={again} />}
      {list.state === 'none' && <p className="message">{wallet.none}</p>}
      {list.state === 'there' && (
        <>
          <PasscodeBar answers={[answer]} />
          <ul className="wallet">
            {list.value.map((linked, position) => (
              <li key={linked.id}>
                <WalletItem
                  linked={linked}
                  reading={reading.at(position, 'document')}
                  asking={asking}
                  again={again}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </Screen>
  );
}

interface Retry {
  readonly asking: boolean;
  readonly again: () => void;
}

interface WalletItemProps extends Retry {
  readonly linked: Linked;
  readonly reading: Reading;
}

function WalletItem({
  linked: { kind, status, linkedAt, evidence, document },
  reading,
  asking,
  again,
}: WalletItemProps) {
  const { wallet, words, language } = useTexts();
  const part = documentPart(document, reading, keyOf(document));
  const isLinked = status === 'LINKED' || status === null;
  return (
    <>
      <div className="wallet-head">
        <h2>{kind !== null && words.documentKind[kind]}</h2>
        {status !== null && (
          <span className={`badge ${status === 'LINKED' ? 'good' : 'plain'}`}>
            {words.linkStatus[status]}
          </span>
        )}
        {linkedAt !== null && (
          <span className="hint">{wallet.linkedAt(formatInstant(linkedAt, language))}</span>
        )}
        {evidence !== null && <span className="hint">{words.linkEvidence[evidence]}</span>}
      </div>
      {status === 'PENDING' && <p>{wallet.pending}</p>}
      {status === 'REJECTED' && <p>{wallet.rejected}</p>}
      {status === 'REMOVED' && <p>{wallet.removed}</p>}
      {isLinked && part.state === 'withheld' && (
        <Refused failure={part.failure} asking={asking} again={again} />
      )}
      {isLinked && part.state === 'none' && <p className="message">{wallet.documentGone}</p>}
      {isLinked && part.state === 'there' && (
        <>
          <DocumentOf document={part.value} reading={reading} />
          <SourceLine source={part.value.source} />
        </>
      )}
    </>
  );
}

function Refused({ failure, asking, again }: Retry & { readonly failure: Parameters<typeof isMissing>[0] }) {
  if (isMissing(failure)) return <MissingMessage failure={failure} asking={asking} again={again} />;
  return failure.code === 'LEVEL_REQUIRED' ? <LevelMessage /> : <RefusedMessage failure={failure} />;
}

/** The field that names a document: where it is withheld, so is the document. */
function keyOf(document: LinkedDocument | null): string {
  if (document?.__typename === 'Vehicle') return 'plate';
  return document?.__typename === 'IdentityCard' ? 'cardNumber' : 'number';
}

function DocumentOf({ document, reading }: { readonly document: LinkedDocument; readonly reading: Reading }) {
  switch (document.__typename) {
    case 'IdentityCard':
      return <IdentityCard card={document} reading={reading} />;
    case 'Passport':
      return <Passport passport={document} reading={reading} />;
    case 'ResidenceCard':
      return <ResidenceCard card={document} reading={reading} />;
    case 'DrivingLicence':
      return <DrivingLicence licence={document} reading={reading} />;
    case 'Vehicle':
      return <Vehicle vehicle={document} reading={reading} />;
    case 'SocialInsurance':
      return <SocialInsurance member={document} reading={reading} />;
    case 'HealthInsurance':
      return <HealthInsurance card={document} reading={reading} />;
  }
}
