import { type HTMLInputAutoCompleteAttribute, type InputHTMLAttributes, useId } from 'react';
import { useTexts } from '../texts/use-texts.ts';
import { useFaultId } from './fault-id.ts';

interface FormFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Whether what stands in it is why the form was refused. */
  readonly isWrong?: boolean;
  /** Where it is said what is wrong with it; the message of its form unless told otherwise. */
  readonly faultId?: string;
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
    faultId,
    isVietnamese = false,
    autoComplete = 'off',
    ...rest
  } = props;
  const { language } = useTexts();
  const id = useId();
  const formFault = useFaultId();
  const described = [hint === undefined ? null : `${id}-hint`, isWrong ? (faultId ?? formFault) : null];
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
        aria-describedby={described.filter(Boolean).join(' ') || undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
