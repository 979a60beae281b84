import { Icon } from '../components/icon.tsx';
import type { PartyState } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';

const signs = { SANDBOX: 'clock', APPROVED: 'done', SUSPENDED: 'pause', REFUSED: 'ended' } as const;
const colours = { SANDBOX: 'mark', APPROVED: 'good', SUSPENDED: 'bad', REFUSED: 'bad' } as const;

/** How a relying party stands, in words, a sign and a colour. */
export function PartyMark({ state }: { readonly state: PartyState }) {
  const { parties } = useTexts();
  return (
    <span className={`badge ${colours[state]}`}>
      <Icon name={signs[state]} /> {parties.states[state]}
    </span>
  );
}
