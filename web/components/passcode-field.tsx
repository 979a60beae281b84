import { useEffect, useId, useRef } from 'react';
import { useFaultId } from './fault-id.ts';

interface PasscodeFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Whether what stands in it is why the form was refused. */
  readonly isWrong?: boolean;
  /** Takes the focus when it appears: in a dialog that asks for nothing else. */
  readonly takesFocus?: boolean;
}

/** Six digits that are not shown and not kept by the browser. */
export function PasscodeField(props: PasscodeFieldProps) {
  const { label, hint, value, onChange, isWrong = false, takesFocus = false } = props;
  const id = useId();
  const fault = useFaultId();
  const described = [hint === undefined ? null : `${id}-hint`, isWrong ? fault : null];
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) input.current?.focus();
  }, [takesFocus]);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        ref={input}
        id={id}
        className="passcode"
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={6}
        value={value}
        aria-invalid={isWrong}
        aria-describedby={described.filter(Boolean).join(' ') || undefined}
        onChange={(event) => onChange(event.target.value.replaceAll(/\D/g, ''))}
      />
    </div>
  );
}
