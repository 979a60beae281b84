import { useRef } from 'react';
import { usePasscode } from '../session/passcode.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { useFocusHandedOn } from './focus-keeper.ts';
import { Icon } from './icon.tsx';

/** A lock in the place of a sensitive value: opens the dialog. What opens replaces it, and the focus stays near. */
export function UnlockButton({ what }: { readonly what: string }) {
  const { passcode } = useTexts();
  const { ask } = usePasscode();
  const button = useRef<HTMLButtonElement>(null);
  useFocusHandedOn(button);
  return (
    <button ref={button} type="button" className="unlock" onClick={ask}>
      <Icon name="lock" /> {passcode.open}
      <span className="heard">: {what}</span>
    </button>
  );
}
