import { useState } from 'react';
import { groupDigits, maskNumber } from '../format/numbers.ts';
import { useTexts } from '../texts/use-texts.ts';

/** A number whose middle is hidden from those who look over a shoulder, until its owner shows it. */
export function MaskedNumber({ number }: { readonly number: string }) {
  const { person } = useTexts();
  const [isShown, setShown] = useState(false);
  return (
    <span className="masked">
      {isShown ? (
        <span className="digits">{groupDigits(number)}</span>
      ) : (
        <>
          <span className="digits" aria-hidden="true">
            {maskNumber(number)}
          </span>
          <span className="heard">{person.numberHidden(number.slice(-3))}</span>
        </>
      )}
      <button type="button" className="link" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
        {isShown ? person.hideNumber : person.showNumber}
      </button>
    </span>
  );
}
