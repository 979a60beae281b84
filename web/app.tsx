import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Provider } from 'urql';
import { deviceName, keep, recall } from './api/browser.ts';
import { createClient } from './api/client.ts';
import { Page } from './components/page.tsx';
import { type Language, languages } from './format/language.ts';
import { PasscodeProvider } from './session/passcode.tsx';
import { SignedIn } from './screens/signed-in.tsx';
import { SignIn } from './screens/sign-in.tsx';
import { catalogues, LanguageContext } from './texts/use-texts.ts';

/** Whether somebody is signed in, as far as the page knows: `unknown` until the server has answered once. */
type Presence =
  | { readonly state: 'unknown' }
  | { readonly state: 'in'; readonly since: number }
  | { readonly state: 'out'; readonly why: 'expired' | 'left' | null };

/** The citizen's app. */
export function App() {
  const [language, choose] = useLanguage();
  const spoken = useRef(language);
  spoken.current = language;
  const [presence, setPresence] = useState<Presence>({ state: 'unknown' });
  const client = useMemo(
    () =>
      createClient({
        language: () => spoken.current,
        device: deviceName(),
        onSessionLost: () =>
          setPresence((last) =>
            last.state === 'out' ? last : { state: 'out', why: last.state === 'in' ? 'expired' : null },
          ),
      }),
    [],
  );
  const enter = useCallback((passcodeUntil: string | null) => {
    keep('passcode-until', passcodeUntil, 'session');
    setPresence({ state: 'in', since: Date.now() });
  }, []);
  const leave = useCallback(() => {
    keep('passcode-until', null, 'session');
    window.location.hash = '';
    setPresence({ state: 'out', why: 'left' });
  }, []);
  const { frame, signIn } = catalogues[language];
  const notes = { expired: signIn.expired, left: frame.signedOut };
  return (
    <LanguageContext value={{ language, choose }}>
      <Provider value={client}>
        {presence.state === 'out' ? (
          <Page menu={null}>
            <SignIn note={presence.why === null ? null : notes[presence.why]} onSignedIn={enter} />
          </Page>
        ) : (
          <PasscodeProvider key={presence.state === 'in' ? presence.since : 0}>
            <SignedIn
              onKnown={() =>
                setPresence((last) => (last.state === 'unknown' ? { state: 'in', since: 0 } : last))
              }
              onLeft={leave}
            />
          </PasscodeProvider>
        )}
      </Provider>
    </LanguageContext>
  );
}

/** The language of the screens: the one chosen last, at first Vietnamese. */
function useLanguage(): readonly [Language, (language: Language) => void] {
  const [language, setLanguage] = useState<Language>(
    () => languages.find((one) => one === recall('language')) ?? 'vi',
  );
  useEffect(() => {
    document.documentElement.lang = language;
    keep('language', language);
  }, [language]);
  return [language, setLanguage];
}
