import { useState } from 'react';
import { claimWords } from '../format/claims.ts';
import { useTexts } from '../texts/use-texts.ts';

interface ClaimListProps {
  /** Ids of claims, with their arguments. */
  readonly claims: readonly string[];
  /** Whether each is explained, not only named. */
  readonly explained?: boolean;
}

/** More than these are folded, unless that would hide a single one. */
const most = 6;

/** Claims as people know them, one each. A long list is folded, and says how many more there are. */
export function ClaimList({ claims, explained = false }: ClaimListProps) {
  const texts = useTexts();
  const [isOpen, setOpen] = useState(false);
  const words = claimWords(claims, texts, texts.language);
  const isLong = !explained && words.length > most + 1;
  const shown = isLong && !isOpen ? words.slice(0, most) : words;
  return (
    <>
      <ul className={explained ? 'claims explained' : 'claims'}>
        {shown.map(({ id, label, explanation }) => (
          <li key={id}>
            <span className="claim">{label}</span>
            {explained && explanation !== null && <span className="hint line">{explanation}</span>}
          </li>
        ))}
      </ul>
      {isLong && (
        <button type="button" className="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? texts.access.fewerClaims : texts.access.moreClaims(words.length - most)}
        </button>
      )}
    </>
  );
}
