import { LockCauses } from '../account/lock-causes.tsx';
import { UnlockForm } from '../account/unlock-form.tsx';
import { Fact } from '../components/fact.tsx';
import { Screen } from '../components/screen.tsx';
import { formatInstant } from '../format/dates.ts';
import { hrefOf } from '../session/route.ts';
import type { OwnAccount } from '../session/standing.ts';
import { useTexts } from '../texts/use-texts.ts';

interface LockedProps {
  readonly account: OwnAccount;
  /** Whether the person came to answer a request to share. */
  readonly isSharing: boolean;
  readonly onUnlocked: () => void;
}

/** All that the owner of a locked account sees: that it is locked, since when, each cause, and what ends it. */
export function Locked({ account, isSharing, onUnlocked }: LockedProps) {
  const { account: texts, locks, registration, share, words, language } = useTexts();
  const { status, lockReason, lockedAt } = account;
  const reasons = account.lockReasons ?? (lockReason === null ? [] : [lockReason]);
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
      </section>
      {reasons.length > 0 && (
        <section className="section" aria-labelledby="causes-heading">
          <h2 id="causes-heading">{locks.title(reasons.length)}</h2>
          {reasons.length > 1 && <p>{locks.all}</p>}
          <LockCauses reasons={reasons} />
          {reasons.some((reason) => reason === 'LOST_DEVICE' || reason === 'SUSPECTED_MISUSE') && (
            <p>
              {locks.prove}{' '}
              <a href={hrefOf({ screen: 'restore', id: 'device' })}>{registration.lostLinks.device}</a>
              {' · '}
              <a href={hrefOf({ screen: 'restore', id: 'password' })}>{registration.lostLinks.password}</a>
            </p>
          )}
          {reasons.includes('OWNER_REQUEST') && <UnlockForm onUnlocked={onUnlocked} />}
        </section>
      )}
      <section className="section" aria-labelledby="locked-next-heading">
        <h2 id="locked-next-heading">{texts.lockedNextTitle}</h2>
        <ol className="steps">
          {texts.lockedNext.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </section>
    </Screen>
  );
}
