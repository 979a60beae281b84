import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useClient } from 'urql';
import { answerOf } from '../api/answer.ts';
import { keep, recall } from '../api/browser.ts';
import { MyPasskeysDocument } from '../generated/operations.ts';
import type { ConfirmWords } from './confirm-words.ts';
import { PasscodeDialog } from './passcode-dialog.tsx';
import { canUsePasskeys } from './passkey.ts';

/** The state of the lock on sensitive data, as far as this page knows it; the server alone enforces it. */
export interface Passcode {
  /** Until when sensitive data are open, in epoch milliseconds; null while they are locked. */
  readonly openUntil: number | null;
  /** Counts openings and closings: whoever shows sensitive data asks anew when it changes. */
  readonly turn: number;
  /** Shows the dialog. */
  readonly ask: () => void;
  /** Shows the dialog for one thing that needs a fresh confirmation; tells whether it was given. */
  readonly confirm: (words: ConfirmWords) => Promise<boolean>;
  /** Takes note that the server opened sensitive data until an instant (null: that it did not). */
  readonly opened: (until: string | null) => void;
  /** Takes note whether the account has a passkey. */
  readonly passkeysKnown: (hasAny: boolean) => void;
}

const PasscodeContext = createContext<Passcode>({
  openUntil: null,
  turn: 0,
  ask: () => {},
  confirm: () => Promise.resolve(false),
  opened: () => {},
  passkeysKnown: () => {},
});

/** The lock on sensitive data. */
export function usePasscode(): Passcode {
  return useContext(PasscodeContext);
}

const key = 'passcode-until';

/** Only the instant is kept, so that a reloaded page still knows when to lock. */
function recallOpening(): number | null {
  const until = Date.parse(recall(key, 'session') ?? '');
  return until > Date.now() ? until : null;
}

/** The dialog that stands open: what it says, and whom to tell how it ended. */
interface Asking {
  readonly words: ConfirmWords | null;
  readonly settle: (isConfirmed: boolean) => void;
}

/** Holds the lock for everything below it, locks again when its time is over, and owns the one dialog. */
export function PasscodeProvider({ children }: { readonly children: ReactNode }) {
  const [openUntil, setOpenUntil] = useState(recallOpening);
  const [turn, setTurn] = useState(0);
  const [asking, setAsking] = useState<Asking | null>(null);
  const { hasPasskey, lookForPasskeys, passkeysKnown } = usePasskeysKnown();

  const opened = useCallback((until: string | null) => {
    keep(key, until, 'session');
    setOpenUntil(until === null ? null : Date.parse(until));
    setTurn((last) => last + 1);
  }, []);

  useEffect(() => {
    if (openUntil === null) return;
    const timer = setTimeout(() => opened(null), Math.max(0, openUntil - Date.now()));
    return () => clearTimeout(timer);
  }, [openUntil, opened]);

  const show = useCallback(
    (words: ConfirmWords | null) => {
      lookForPasskeys();
      return new Promise<boolean>((settle) => setAsking({ words, settle }));
    },
    [lookForPasskeys],
  );
  const ask = useCallback(() => void show(null), [show]);
  const value = useMemo(
    () => ({ openUntil, turn, ask, confirm: show, opened, passkeysKnown }),
    [openUntil, turn, ask, show, opened, passkeysKnown],
  );
  return (
    <PasscodeContext value={value}>
      {children}
      {asking !== null && (
        <PasscodeDialog
          words={asking.words}
          hasPasskey={hasPasskey}
          onOpened={(until) => {
            opened(until);
            asking.settle(true);
          }}
          onClose={() => {
            // After a confirmation it is settled already, and stays so.
            asking.settle(false);
            setAsking(null);
          }}
        />
      )}
    </PasscodeContext>
  );
}

/** Whether the account has a passkey: asked when the dialog first opens, in a browser that could use one. */
function usePasskeysKnown(): {
  readonly hasPasskey: boolean;
  readonly lookForPasskeys: () => void;
  readonly passkeysKnown: (hasAny: boolean) => void;
} {
  const client = useClient();
  const [hasPasskey, setHasPasskey] = useState(false);
  const isKnown = useRef(false);
  const passkeysKnown = useCallback((hasAny: boolean) => {
    isKnown.current = true;
    setHasPasskey(hasAny);
  }, []);
  const lookForPasskeys = useCallback(() => {
    if (isKnown.current || !canUsePasskeys()) return;
    void client.query(MyPasskeysDocument, {}, { requestPolicy: 'network-only' }).then((result) => {
      const list = answerOf(result).data?.me?.passkeys ?? null;
      // What could not be asked is asked for the next time; the passcode serves meanwhile.
      if (list !== null) passkeysKnown(list.length > 0);
    });
  }, [client, passkeysKnown]);
  return { hasPasskey, lookForPasskeys, passkeysKnown };
}
