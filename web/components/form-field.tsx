import { type HTMLInputAutoCompleteAttribute, type InputHTMLAttributes, useId } from 'react';
import { useTexts } from '../texts/use-texts.ts';

interface FormFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Whether what stands in it is why the form was refused. */
  readonly isWrong?: boolean;
  readonly type?: 'text' | 'password' | 'email' | 'tel' | 'date';
  readonly inputMode?: InputHTMLAttributes<HTMLInputElement>['inputMode'];
  readonly autoComplete?: HTMLInputAutoCompleteAttribute;
  readonly maxLength?: number;
  /** Whether it is read as Vietnamese, such as a name. */
  readonly isVietnamese?: boolean;
  readonly className?: string;
}

/** One line to be filled in: what it is, what it takes, and whether it is what is wrong. */
export function FormField(props: FormFieldProps) {
  const {
    label,
    hint,
    value,
    onChange,
    isWrong = false,
    isVietnamese = false,
    autoComplete = 'off',
    ...rest
  } = props;
  const { language } = useTexts();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        {...rest}
        {...(isVietnamese && language !== 'vi' ? { lang: 'vi' } : {})}
        id={id}
        value={value}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        aria-invalid={isWrong}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
