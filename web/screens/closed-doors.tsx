import { Fact } from '../components/fact.tsx';
import { Screen } from '../components/screen.tsx';
import { formatInstant } from '../format/dates.ts';
import { hrefOf } from '../session/route.ts';
import type { OwnAccount } from '../session/standing.ts';
import { useTexts } from '../texts/use-texts.ts';

/** All that the owner of a locked account sees: that it is locked, why, since when, and what to do. */
export function Locked({
  account,
  isSharing,
}: {
  readonly account: OwnAccount;
  /** Whether the person came to answer a request to share. */
  readonly isSharing: boolean;
}) {
  const { account: texts, share, words, language } = useTexts();
  const { status, lockReason, lockedAt } = account;
  return (
    <Screen title={texts.lockedTitle} narrow>
      {isSharing && <p className="message">{share.locked}</p>}
      <section className="section">
        <p className="lead">{texts.lockedIntro}</p>
        <dl className="facts">
          <Fact term={texts.status} value={status === null ? null : words.accountStatus[status]} />
          <Fact term={texts.lockedReason} value={lockReason === null ? null : words.lockReason[lockReason]} />
          <Fact term={texts.lockedAt} value={lockedAt === null ? null : formatInstant(lockedAt, language)} />
        </dl>
        <h2>{texts.lockedNextTitle}</h2>
        <ol className="steps">
          {texts.lockedNext.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </section>
    </Screen>
  );
}

/** The account of somebody for whom a guardian has to confirm first. */
export function GuardianNeeded() {
  const { account: texts } = useTexts();
  return (
    <Screen title={texts.guardianTitle} narrow>
      <section className="section">
        <p className="lead">{texts.guardianIntro}</p>
        <p>{texts.guardianNext}</p>
      </section>
    </Screen>
  );
}

/** A member of staff has no profile here: what they work with stands elsewhere. */
export function StaffAccount() {
  const { account: texts, applications } = useTexts();
  return (
    <Screen title={texts.staffTitle} narrow>
      <section className="section">
        <p>{texts.staffIntro}</p>
        <p>
          <a href="/auditor">{texts.staffConsole}</a>
        </p>
        <p>
          <a href={hrefOf({ screen: 'parties' })}>{applications.open}</a>
        </p>
      </section>
    </Screen>
  );
}
