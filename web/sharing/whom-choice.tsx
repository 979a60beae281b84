import { useId } from 'react';
import { useTexts } from '../texts/use-texts.ts';
import { type Draft, needsWardYes } from './decision.ts';
import type { ShareRequest } from './share.ts';
import { useDependantNames } from './use-dependant-names.ts';

interface WhomChoiceProps {
  readonly wards: ShareRequest['wards'];
  readonly draft: Draft;
  readonly onWhom: (whom: string) => void;
  readonly onWardAgrees: (agrees: boolean) => void;
}

/** Whose data it is: one's own, or of somebody one acts for, who from seven years on has to agree too. */
export function WhomChoice({ wards, draft, onWhom, onWardAgrees }: WhomChoiceProps) {
  const { share } = useTexts();
  const { whom: texts } = share;
  const id = useId();
  const list = wards ?? [];
  const names = useDependantNames(list.length > 0);
  if (list.length === 0) return <p>{texts.selfOnly}</p>;
  const nameOf = (ward: string | null): string => names.get(ward ?? '') ?? texts.unnamed;
  return (
    <>
      <fieldset>
        <legend className="heard">{texts.title}</legend>
        {['self', ...list.map((ward) => ward.id)].map((one) => (
          <label className="tick" key={one}>
            <input type="radio" name={id} checked={draft.whom === one} onChange={() => onWhom(one)} />
            <span>{one === 'self' ? texts.self : texts.ward(nameOf(one))}</span>
          </label>
        ))}
      </fieldset>
      {needsWardYes(draft, { wards }) && (
        <label className="tick own-yes">
          <input
            type="checkbox"
            checked={draft.wardAgrees}
            aria-describedby={`${id}-note`}
            onChange={(event) => onWardAgrees(event.target.checked)}
          />
          <span>
            {texts.ownYes(nameOf(draft.whom))}
            <span className="hint line" id={`${id}-note`}>
              {texts.ownYesNote}
            </span>
          </span>
        </label>
      )}
    </>
  );
}
