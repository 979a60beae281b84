import { useEffect, useRef } from 'react';
import { useMutation } from 'urql';
import { AskedChanges } from '../account/asked-changes.tsx';
import { useAnswer } from '../api/use-answer.ts';
import { Page } from '../components/page.tsx';
import { Progress } from '../components/progress.tsx';
import { Screen } from '../components/screen.tsx';
import { MissingMessage } from '../components/section-messages.tsx';
import { MyAccountDocument, SignOutDocument } from '../generated/operations.ts';
import { AccessNewsProvider } from '../session/access-news.tsx';
import { hrefOf, type Route, useRoute } from '../session/route.ts';
import { type OwnAccount, standingOf } from '../session/standing.ts';
import { useTexts } from '../texts/use-texts.ts';
import { AccessHistory } from './access-history.tsx';
import { Account } from './account.tsx';
import { ChangePhone } from './change-phone.tsx';
import { Consent } from './consent.tsx';
import { ConsentHistory } from './consent-history.tsx';
import { Consents } from './consents.tsx';
import { Applications } from './applications.tsx';
import { GuardianNeeded, StaffAccount } from './closed-doors.tsx';
import { Dependant } from './dependant.tsx';
import { Dependants } from './dependants.tsx';
import { Locked } from './locked.tsx';
import { MyProfile } from './my-profile.tsx';
import { Organisations } from './organisations.tsx';
import { Party } from './party.tsx';
import { RegisterParty } from './register-party.tsx';
import { Scan } from './scan.tsx';
import { Share } from './share-request.tsx';
import { Wallet } from './wallet.tsx';

interface SignedInProps {
  /** Called once the server has said that the session lives. */
  readonly onKnown: () => void;
  /** Called where the session is of somebody who only registers, and not of an account. */
  readonly onLost: () => void;
  readonly onLeft: () => void;
}

/** Everything behind the sign-in. What the account allows is asked first; the profile asks for itself. */
export function SignedIn({ onKnown, onLost, onLeft }: SignedInProps) {
  const { frame, account: texts } = useTexts();
  const route = useRoute();
  const { answer, asking, again } = useAnswer(MyAccountDocument, {});
  const [, signOut] = useMutation(SignOutDocument);
  const account = answer?.data?.me ?? null;
  useEffect(() => {
    if (account !== null) onKnown();
  }, [account, onKnown]);
  const isApplicant = account === null && answer?.failures[0]?.code === 'LEVEL_REQUIRED';
  useEffect(() => {
    if (isApplicant) onLost();
  }, [isApplicant, onLost]);
  useEntering(route.screen === 'account', again);
  const leave = (): void => void signOut({}).then(onLeft);

  if (answer === null) {
    return (
      <Page menu={null}>
        <main id="main">
          <Progress label={frame.asking} />
        </main>
      </Page>
    );
  }
  const failure = answer.failures[0];
  if (account === null || account.status === null) {
    return (
      <Page menu={null}>
        <Screen title={texts.startTitle}>
          {failure !== undefined && <MissingMessage failure={failure} asking={asking} again={again} />}
        </Screen>
      </Page>
    );
  }
  const standing = standingOf(account, new Set(answer.failures.map(({ code }) => code)));
  if (standing === 'open') {
    return (
      <AccessNewsProvider>
        <Page menu={{ route, hasOrganisations: (account.organisations ?? []).length > 0, onSignOut: leave }}>
          {(route.screen === 'account' || route.screen === 'profile') && (
            <AskedChanges account={account} onDecided={again} />
          )}
          <Place route={route} account={account} onLocked={again} />
        </Page>
      </AccessNewsProvider>
    );
  }
  return (
    <Page menu={{ route: null, onSignOut: leave }}>
      {standing === 'locked' && <AskedChanges account={account} onDecided={again} />}
      {standing === 'locked' && (
        <Locked account={account} isSharing={route.screen === 'share'} onUnlocked={again} />
      )}
      {standing === 'guardian' && <GuardianNeeded />}
      {standing === 'staff' && (route.screen === 'parties' ? <Applications /> : <StaffAccount />)}
    </Page>
  );
}

/** Does something each time a place is come to from another. */
function useEntering(isThere: boolean, enter: () => void): void {
  const wasThere = useRef(isThere);
  useEffect(() => {
    if (isThere && !wasThere.current) enter();
    wasThere.current = isThere;
  }, [isThere, enter]);
}

interface PlaceProps {
  readonly route: Route;
  readonly account: OwnAccount;
  readonly onLocked: () => void;
}

function Place({ route, account, onLocked }: PlaceProps) {
  const { frame } = useTexts();
  switch (route.screen) {
    case 'profile':
      return <MyProfile />;
    case 'wallet':
      return <Wallet />;
    case 'dependants':
      return <Dependants />;
    case 'dependant':
      return <Dependant key={route.id} id={route.id} />;
    case 'history':
      return <AccessHistory />;
    case 'scan':
      return <Scan account={account} />;
    case 'share':
      return <Share key={route.id} id={route.id} />;
    case 'consents':
      return <Consents />;
    case 'consent':
      return <Consent key={route.id} id={route.id} />;
    case 'consent-history':
      return <ConsentHistory key={route.id} id={route.id} />;
    case 'account':
      return <Account account={account} onLocked={onLocked} />;
    case 'phone':
      return <ChangePhone account={account} />;
    case 'organisations':
      return <Organisations organisations={account.organisations ?? []} />;
    case 'register-party':
      return <RegisterParty key={route.id} id={route.id} organisations={account.organisations ?? []} />;
    case 'party':
      return <Party key={route.id} id={route.id} />;
    case 'parties':
    case 'register':
    case 'restore':
    case 'rules':
    case 'unknown':
      return (
        <Screen title={frame.notFound}>
          <p>
            <a href={hrefOf({ screen: 'profile' })}>{frame.toProfile}</a>
          </p>
        </Screen>
      );
  }
}
