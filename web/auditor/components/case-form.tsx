import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { FormMessage } from '../../components/form-message.tsx';
import { caseFault } from '../audit/case-reference.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';

interface CaseFormProps {
  readonly start: string;
  readonly submit: string;
  /** What was wrong with the one before. */
  readonly message?: string | null;
  readonly onNamed: (reference: string) => void;
  /** Beside the button. */
  readonly children?: ReactNode;
}

/** Asks for the case reference and takes none that could be somebody's number. */
export function CaseForm({ start, submit, message = null, onNamed, children }: CaseFormProps) {
  const { cases } = useConsoleTexts();
  const [typed, setTyped] = useState(start);
  const [fault, setFault] = useState<ReturnType<typeof caseFault>>(null);
  const id = useId();
  function send(event: FormEvent): void {
    event.preventDefault();
    const reference = typed.trim();
    const found = caseFault(reference);
    setFault(found);
    if (found === null) onNamed(reference);
  }
  return (
    <form className="case-form" noValidate onSubmit={send}>
      <FormMessage text={fault === null ? message : cases[fault]} />
      <div className="field">
        <label htmlFor={id}>{cases.field}</label>
        <p className="hint" id={`${id}-hint`}>
          {cases.hint}
        </p>
        <input
          id={id}
          name="case-reference"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={64}
          value={typed}
          aria-describedby={`${id}-hint`}
          aria-invalid={fault !== null}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <div className="buttons">
        <button type="submit" className="button">
          {submit}
        </button>
        {children}
      </div>
    </form>
  );
}
