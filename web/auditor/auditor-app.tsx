import { useMemo, useState } from 'react';
import { Provider } from 'urql';
import { deviceName, keep, recall } from '../api/browser.ts';
import { createClient } from '../api/client.ts';
import { chosenLanguage } from '../texts/chosen-language.ts';
import { useTexts } from '../texts/use-texts.ts';
import { caseFault } from './audit/case-reference.ts';
import { ConsolePage } from './components/console-page.tsx';
import { CaseScreen } from './screens/case-screen.tsx';
import { Presented } from './screens/presented.tsx';
import { StaffSignIn } from './screens/staff-sign-in.tsx';

/** Whether somebody is signed in, as far as the page knows: `unknown` until the server has answered once. */
type Presence =
  | { readonly state: 'unknown' }
  | { readonly state: 'in' }
  | { readonly state: 'out'; readonly why: 'expired' | 'left' | null };

const caseKey = 'case-reference';

function recallCase(): string | null {
  const kept = recall(caseKey, 'session');
  return kept !== null && caseFault(kept) === null ? kept : null;
}

/** The auditor's console: first who, then under which case, then the log. */
export function AuditorApp() {
  const { frame, signIn } = useTexts();
  const [presence, setPresence] = useState<Presence>({ state: 'unknown' });
  const [reference, setReference] = useState(recallCase);
  const [wasRefused, setRefused] = useState(false);
  const [doors] = useState(() => ({
    enter: () => setPresence({ state: 'in' }),
    know: () => setPresence((last) => (last.state === 'unknown' ? { state: 'in' } : last)),
    leave: () => {
      keep(caseKey, null, 'session');
      setReference(null);
      window.location.hash = '';
      setPresence({ state: 'out', why: 'left' });
    },
    name: (given: string | null, refused = false) => {
      keep(caseKey, given, 'session');
      setReference(given);
      setRefused(refused);
    },
  }));
  // A client, and with it a memory, of its own for each case: no answer of one is shown under another.
  const client = useMemo(
    () =>
      createClient({
        language: chosenLanguage,
        device: deviceName(),
        headers: () => (reference === null ? {} : { 'case-reference': reference }),
        onSessionLost: () => setPresence(lost),
        onAccountLocked: () => setPresence(lost),
        onCaseRefused: () => doors.name(null, true),
      }),
    [reference, doors],
  );
  const notes = { expired: signIn.expired, left: frame.signedOut };
  return (
    <Provider value={client}>
      {presence.state === 'out' ? (
        <ConsolePage menu={null}>
          <StaffSignIn note={presence.why === null ? null : notes[presence.why]} onSignedIn={doors.enter} />
        </ConsolePage>
      ) : reference === null ? (
        <Presented onKnown={doors.know} onLeft={doors.leave}>
          <CaseScreen wasRefused={wasRefused} onNamed={doors.name} />
        </Presented>
      ) : (
        <Presented
          key={reference}
          onKnown={doors.know}
          onLeft={doors.leave}
          auditCase={{ reference, onRenamed: doors.name }}
        />
      )}
    </Provider>
  );
}

/** Who was in is told that the session ended; who only opened the page is simply asked to sign in. */
function lost(last: Presence): Presence {
  return last.state === 'out' ? last : { state: 'out', why: last.state === 'in' ? 'expired' : null };
}
