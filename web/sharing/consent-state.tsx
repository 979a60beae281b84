import { Icon } from '../components/icon.tsx';
import type { ConsentState } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';

const signs = {
  ACTIVE: 'done',
  PAUSED: 'pause',
  STOPPED: 'stop',
  REVOKED: 'ended',
  EXPIRED: 'clock',
} as const;
const colours = {
  ACTIVE: 'good',
  PAUSED: 'mark',
  STOPPED: 'bad',
  REVOKED: 'plain',
  EXPIRED: 'plain',
} as const;

/** How a consent stands, in a word, a sign and a colour. */
export function ConsentMark({ state }: { readonly state: ConsentState }) {
  const { consents } = useTexts();
  return (
    <span className={`badge ${colours[state]}`}>
      <Icon name={signs[state]} /> {consents.states[state]}
    </span>
  );
}

interface ConsentNoteProps {
  readonly state: ConsentState;
  readonly stopReason: string | null;
}

/** What the state means for who received the data, and why the system stopped it. */
export function ConsentNote({ state, stopReason }: ConsentNoteProps) {
  const { consents } = useTexts();
  const isKnown = stopReason !== null && Object.hasOwn(consents.stopReasons, stopReason);
  return (
    <p>
      {consents.notes[state]} {state === 'STOPPED' && isKnown && consents.stopReasons[stopReason]}
    </p>
  );
}
