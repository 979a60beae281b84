import { type ReactNode, useCallback, useState } from 'react';
import { EntryProof } from '../components/entry-proof.tsx';
import { type AccessEntry, type AccessReport, entryKey } from './entry.ts';
import { ReportDialog } from './report-dialog.tsx';

/** The two dialogs of an entry, and what was reported since the screen stands. */
export interface Reports {
  readonly reported: (entry: AccessEntry) => AccessReport | null;
  readonly report: (entry: AccessEntry) => void;
  readonly prove: (entry: AccessEntry) => void;
  /** The dialog that is open, to be drawn. */
  readonly dialogs: ReactNode;
}

/** Keeps which dialog is open, for which entry. */
export function useReports(): Reports {
  const [open, setOpen] = useState<{ readonly what: 'report' | 'proof'; readonly entry: AccessEntry } | null>(
    null,
  );
  const [made, setMade] = useState<ReadonlyMap<string, AccessReport>>(new Map());
  const close = useCallback(() => setOpen(null), []);
  return {
    reported: (entry) => made.get(entryKey(entry)) ?? null,
    report: (entry) => setOpen({ what: 'report', entry }),
    prove: (entry) => setOpen({ what: 'proof', entry }),
    dialogs: (
      <>
        {open?.what === 'proof' && <EntryProof entry={open.entry} onClose={close} />}
        {open?.what === 'report' && (
          <ReportDialog
            entry={open.entry}
            onReported={(report) => setMade((known) => new Map(known).set(entryKey(open.entry), report))}
            onClose={close}
          />
        )}
      </>
    ),
  };
}
