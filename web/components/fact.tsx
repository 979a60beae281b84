import type { ReactNode } from 'react';
import type { Failure } from '../api/answer.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Icon } from './icon.tsx';
import { UnlockButton } from './unlock-button.tsx';

interface FactProps {
  readonly term: string;
  /** What is on record, ready to show; null where nothing is. */
  readonly value: ReactNode;
  /** Why it cannot be shown, if so. */
  readonly withheld?: Failure | null;
  /** What is said where nothing is on record. */
  readonly none?: string;
}

/** One term and what is on record for it; says which of nothing, locked and missing it is. Stands in a `<dl>`. */
export function Fact({ term, value, withheld = null, none }: FactProps) {
  const { source } = useTexts();
  const isEmpty =
    value === null ||
    value === undefined ||
    value === '' ||
    value === false ||
    (Array.isArray(value) && value.length === 0);
  return (
    <div className="fact">
      <dt>{term}</dt>
      <dd>
        {!isEmpty && value}
        {isEmpty && withheld !== null && <Withheld failure={withheld} what={term} />}
        {isEmpty && withheld === null && <span className="nothing">{none ?? source.none}</span>}
      </dd>
    </div>
  );
}

interface WithheldProps {
  readonly failure: Failure;
  /** What is withheld, for those who hear the button without its surroundings. */
  readonly what: string;
}

/** In the place of a value: a lock to open, a level to reach, or that it was not received. */
export function Withheld({ failure, what }: WithheldProps) {
  const { source } = useTexts();
  if (failure.code === 'PASSCODE_REQUIRED') {
    return <UnlockButton what={what} />;
  }
  if (failure.code === 'LEVEL_REQUIRED') {
    return (
      <span className="withheld">
        <Icon name="level" /> {source.level}
      </span>
    );
  }
  const isRefused = failure.code === 'NOT_PERMITTED';
  return (
    <span className="withheld">
      <Icon name="missing" /> {isRefused ? source.refusedValue : source.missingValue}
    </span>
  );
}
