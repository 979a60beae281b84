import { useState } from 'react';
import { AccessList } from '../access/access-list.tsx';
import { Screen } from '../components/screen.tsx';
import { useTexts } from '../texts/use-texts.ts';

/** Who read one's data. */
export function AccessHistory() {
  const { access } = useTexts();
  const [isOthersOnly, setOthersOnly] = useState(true);
  return (
    <Screen title={access.title}>
      <p className="lead">{access.intro}</p>
      <fieldset className="choice">
        <legend>{access.filter}</legend>
        {[true, false].map((others) => (
          <label className="tick" key={String(others)}>
            <input
              type="radio"
              name="others"
              checked={isOthersOnly === others}
              onChange={() => setOthersOnly(others)}
            />
            <span>{others ? access.filterOthers : access.filterAll}</span>
          </label>
        ))}
      </fieldset>
      <AccessList key={String(isOthersOnly)} others={isOthersOnly} />
    </Screen>
  );
}
