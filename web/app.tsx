import { type Dispatch, type SetStateAction, useState } from 'react';
import { Provider } from 'urql';
import { deviceName, keep } from './api/browser.ts';
import { createClient } from './api/client.ts';
import { Page } from './components/page.tsx';
import type { RegistrationPurpose } from './generated/operations.ts';
import { Register } from './screens/register.tsx';
import { Rules } from './screens/rules.tsx';
import { SignedIn } from './screens/signed-in.tsx';
import { SignIn } from './screens/sign-in.tsx';
import { PasscodeProvider } from './session/passcode.tsx';
import { hrefOf, restorePurposeOf, type Route, useRoute } from './session/route.ts';
import { chosenLanguage } from './texts/chosen-language.ts';
import { useTexts } from './texts/use-texts.ts';

/** Whether somebody is signed in, as far as the page knows: `unknown` until the server has answered once. */
type Presence =
  | { readonly state: 'unknown' }
  /** `since` tells one sign-in from the next. */
  | { readonly state: 'in'; readonly since: number }
  | { readonly state: 'out'; readonly why: 'expired' | 'left' | null };

/** The citizen's app. */
export function App() {
  const { frame, signIn, share } = useTexts();
  const route = useRoute();
  const [presence, setPresence] = useState<Presence>({ state: 'unknown' });
  const [client] = useState(() =>
    createClient({
      language: chosenLanguage,
      device: deviceName(),
      onSessionLost: () => setPresence(lost),
      onAccountLocked: () => setPresence(anew),
    }),
  );
  const [doors] = useState(() => doorsOf(setPresence));
  const purpose = registeringFor(route);
  if (purpose !== null || route.screen === 'rules') {
    return (
      <Provider value={client}>
        <Page menu={null}>
          {purpose === null ? (
            <Rules />
          ) : (
            <Register key={purpose} purpose={purpose} onActivated={doors.begin} />
          )}
        </Page>
      </Provider>
    );
  }
  const notes = { expired: signIn.expired, left: frame.signedOut };
  // The address stays while one signs in: who opened a request comes back to it.
  const reason = route.screen === 'share' ? share.signInFirst : null;
  return (
    <Provider value={client}>
      {presence.state === 'out' ? (
        <Page menu={null}>
          <SignIn note={presence.why === null ? reason : notes[presence.why]} onSignedIn={doors.enter} />
        </Page>
      ) : (
        <PasscodeProvider key={presence.state === 'in' ? presence.since : 0}>
          <SignedIn onKnown={doors.know} onLost={doors.lose} onLeft={doors.leave} />
        </PasscodeProvider>
      )}
    </Provider>
  );
}

/** The ways in and out of the account, as far as the page follows them. */
function doorsOf(setPresence: Dispatch<SetStateAction<Presence>>) {
  function enter(passcodeUntil: string | null): void {
    keep('passcode-until', passcodeUntil, 'session');
    setPresence({ state: 'in', since: Date.now() });
  }
  return {
    enter,
    begin: (passcodeUntil: string | null) => {
      enter(passcodeUntil);
      window.location.hash = hrefOf({ screen: 'profile' });
    },
    leave: () => {
      keep('passcode-until', null, 'session');
      window.location.hash = '';
      setPresence({ state: 'out', why: 'left' });
    },
    lose: () => setPresence(lost),
    know: () => setPresence((last) => (last.state === 'unknown' ? { state: 'in', since: 0 } : last)),
  };
}

/** What one registers for at a place: an account, or getting back into one; null where nobody registers. */
function registeringFor(route: Route): RegistrationPurpose | null {
  return route.screen === 'register' ? 'ACCOUNT' : restorePurposeOf(route);
}

/** Who was in is told that the session ended; who only opened the page is simply asked to sign in. */
function lost(last: Presence): Presence {
  return last.state === 'out' ? last : { state: 'out', why: last.state === 'in' ? 'expired' : null };
}

/** Everything behind the sign-in is left and entered again, which begins with the account's state. */
function anew(last: Presence): Presence {
  return last.state === 'in' ? { state: 'in', since: last.since + 1 } : last;
}
