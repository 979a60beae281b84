import { ChangesSection } from '../account/changes-section.tsx';
import { LevelSection } from '../account/level-section.tsx';
import { LockForm } from '../account/lock-form.tsx';
import { PasskeysSection } from '../account/passkeys-section.tsx';
import { SessionsSection } from '../account/sessions-section.tsx';
import { SignInsSection } from '../account/sign-ins-section.tsx';
import { Fact } from '../components/fact.tsx';
import { Screen } from '../components/screen.tsx';
import { SourceLine } from '../components/source-line.tsx';
import { formatInstant } from '../format/dates.ts';
import type { OwnAccount } from '../session/standing.ts';
import { useTexts } from '../texts/use-texts.ts';

interface AccountProps {
  readonly account: OwnAccount;
  readonly onLocked: () => void;
}

/** The account and its life: what it is tied to, where it is signed in, what its level opens, and how to lock it. */
export function Account({ account, onLocked }: AccountProps) {
  const { account: texts, words, language } = useTexts();
  const { status, level, activatedAt, approvedAt, phoneMasked, emailMasked, boundDevice } = account;
  const time = (at: string | null): string | null => (at === null ? null : formatInstant(at, language));
  const device =
    boundDevice?.model != null && boundDevice.boundAt !== null
      ? texts.deviceValue(boundDevice.model, formatInstant(boundDevice.boundAt, language))
      : null;
  return (
    <Screen title={texts.title}>
      <section className="section">
        <dl className="facts columns">
          <Fact term={texts.status} value={status === null ? null : words.accountStatus[status]} />
          <Fact term={texts.level} value={level === null ? null : texts.levelValue(level)} />
          <Fact term={texts.phone} value={phoneMasked} />
          <Fact term={texts.email} value={emailMasked} />
          <Fact term={texts.device} value={device} />
          <Fact term={texts.approvedAt} value={time(approvedAt)} />
          <Fact term={texts.activatedAt} value={time(activatedAt)} />
        </dl>
        <SourceLine source={account.source} />
      </section>
      <SessionsSection />
      <SignInsSection />
      <ChangesSection />
      <PasskeysSection />
      <LevelSection account={account} />
      <LockForm onLocked={onLocked} />
    </Screen>
  );
}
