import { useId } from 'react';
import { useTexts } from '../texts/use-texts.ts';
import { ProblemList } from './problem-list.tsx';
import type { PartyProblem } from './relying-party.ts';

interface TextFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problems: readonly PartyProblem[];
  /** Lines shown, where it takes more than one. */
  readonly rows?: number;
  /** Whether what is typed is a whole number. */
  readonly isNumber?: boolean;
  /** Whether it is read as Vietnamese, such as a name. */
  readonly isVietnamese?: boolean;
}

/** A field of the registration with what it takes, and what is wrong with what stands in it. */
export function TextField(props: TextFieldProps) {
  const { label, hint, value, onChange, problems, rows, isNumber = false, isVietnamese = false } = props;
  const { language } = useTexts();
  const id = useId();
  const shared = {
    id,
    value,
    'aria-describedby': `${id}-hint ${id}-problems`,
    'aria-invalid': problems.length > 0,
    autoComplete: 'off',
    spellCheck: false,
    ...(isVietnamese && language !== 'vi' ? { lang: 'vi' } : {}),
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <p id={`${id}-hint`} className="hint">
        {hint}
      </p>
      {rows === undefined ? (
        <input
          {...shared}
          type="text"
          inputMode={isNumber ? 'numeric' : undefined}
          className={isNumber ? 'short' : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <textarea {...shared} rows={rows} wrap="off" onChange={(event) => onChange(event.target.value)} />
      )}
      <ProblemList id={`${id}-problems`} problems={problems} />
    </div>
  );
}
