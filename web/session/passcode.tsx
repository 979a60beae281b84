import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { keep, recall } from '../api/browser.ts';
import { PasscodeDialog } from './passcode-dialog.tsx';

/** The state of the lock on sensitive data, as far as this page knows it; the server alone enforces it. */
export interface Passcode {
  /** Until when sensitive data are open, in epoch milliseconds; null while they are locked. */
  readonly openUntil: number | null;
  /** Counts openings and closings: whoever shows sensitive data asks anew when it changes. */
  readonly turn: number;
  /** Shows the dialog. */
  readonly ask: () => void;
  /** Takes note that the server opened sensitive data until an instant (null: that it did not). */
  readonly opened: (until: string | null) => void;
}

const PasscodeContext = createContext<Passcode>({
  openUntil: null,
  turn: 0,
  ask: () => {},
  opened: () => {},
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

/** Holds the lock for everything below it, locks again when its time is over, and owns the one dialog. */
export function PasscodeProvider({ children }: { readonly children: ReactNode }) {
  const [openUntil, setOpenUntil] = useState(recallOpening);
  const [turn, setTurn] = useState(0);
  const [isAsking, setAsking] = useState(false);

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

  const ask = useCallback(() => setAsking(true), []);
  const value = useMemo(() => ({ openUntil, turn, ask, opened }), [openUntil, turn, ask, opened]);
  return (
    <PasscodeContext value={value}>
      {children}
      {isAsking && <PasscodeDialog onOpened={opened} onClose={() => setAsking(false)} />}
    </PasscodeContext>
  );
}
