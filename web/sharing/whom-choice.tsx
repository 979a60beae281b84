import { useId } from 'react';
import { Icon } from '../components/icon.tsx';
import { Progress } from '../components/progress.tsx';
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
  const { share, frame } = useTexts();
  const { whom: texts } = share;
  const id = useId();
  const list = wards ?? [];
  const { names, asking, again } = useDependantNames(list.length > 0);
  if (list.length === 0) return <p>{texts.selfOnly}</p>;
  if (asking) return <Progress label={frame.asking} />;
  const named = list.filter((ward) => names.has(ward.id));
  const nameOf = (ward: string | null): string => names.get(ward ?? '') ?? '';
  return (
    <>
      <fieldset>
        <legend className="heard">{texts.title}</legend>
        {['self', ...named.map((ward) => ward.id)].map((one) => (
          <label className="tick" key={one}>
            <input type="radio" name={id} checked={draft.whom === one} onChange={() => onWhom(one)} />
            <span>{one === 'self' ? texts.self : texts.ward(nameOf(one))}</span>
          </label>
        ))}
      </fieldset>
      {named.length < list.length && (
        // Nobody can say yes for somebody who is not named.
        <div className="message missing">
          <Icon name="missing" />
          <div>
            <p>{texts.nameless}</p>
            <button type="button" className="button small" onClick={again}>
              {frame.retry}
            </button>
          </div>
        </div>
      )}
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
