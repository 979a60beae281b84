import { useId } from 'react';
import type { PartyReason } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';

/** Why a relying party is refused or suspended, as a code that both sides see. */
export const partyReasons = [
  'OUT_OF_PURPOSE',
  'NOT_VERIFIED',
  'COMPLAINTS',
  'OWN_REQUEST',
] as const satisfies readonly PartyReason[];

interface ReasonChoiceProps {
  readonly reason: PartyReason | null;
  readonly onChoose: (reason: PartyReason) => void;
}

/** One reason of the list; none is chosen beforehand. */
export function ReasonChoice({ reason, onChoose }: ReasonChoiceProps) {
  const { parties, applications } = useTexts();
  const name = useId();
  return (
    <fieldset>
      <legend>{applications.reason}</legend>
      {partyReasons.map((one) => (
        <label className="tick" key={one}>
          <input type="radio" name={name} checked={reason === one} onChange={() => onChoose(one)} />
          <span>{parties.reasons[one]}</span>
        </label>
      ))}
    </fieldset>
  );
}
