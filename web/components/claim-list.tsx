import { claimWords } from '../format/claims.ts';
import { useTexts } from '../texts/use-texts.ts';

interface ClaimListProps {
  /** Ids of claims, with their arguments. */
  readonly claims: readonly string[];
  /** Whether each is explained, not only named. */
  readonly explained?: boolean;
}

/** Claims as people know them, one each. */
export function ClaimList({ claims, explained = false }: ClaimListProps) {
  const texts = useTexts();
  return (
    <ul className={explained ? 'claims explained' : 'claims'}>
      {claimWords(claims, texts, texts.language).map(({ id, label, explanation }) => (
        <li key={id}>
          <span className="claim">{label}</span>
          {explained && explanation !== null && <span className="hint line">{explanation}</span>}
        </li>
      ))}
    </ul>
  );
}
