import { type ReactNode, useEffect, useId, useRef } from 'react';
import { headingNear } from './focus-keeper.ts';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** Room for long lines. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/** A native modal dialog: the browser keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog({ title, onClose, isWide = false, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const opener = document.activeElement;
    const near = headingNear(opener);
    dialog.current?.showModal();
    return () => {
      const back = opener instanceof HTMLElement && opener.isConnected ? opener : near;
      back?.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={isWide ? 'dialog wide' : 'dialog'}
      aria-labelledby={heading}
      onClose={onClose}
    >
      <h2 id={heading}>{title}</h2>
      {children}
    </dialog>
  );
}
