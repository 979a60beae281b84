import { useId } from 'react';
import { useTexts } from '../texts/use-texts.ts';
import { type PartyDraft, problemsOf } from './draft.ts';
import type { PartyProblem } from './relying-party.ts';
import { TextField } from './text-field.tsx';

interface KeyFieldsProps {
  readonly draft: PartyDraft;
  /** Ids of the keys that are registered. */
  readonly keyIds: readonly string[];
  readonly problems: readonly PartyProblem[];
  readonly onChange: (draft: PartyDraft) => void;
}

/** The public keys: pasted, or the address where they are published. */
export function KeyFields({ draft, keyIds, problems, onChange }: KeyFieldsProps) {
  const { parties } = useTexts();
  const { form } = parties;
  const name = useId();
  return (
    <fieldset>
      <legend>{form.keys}</legend>
      <p className="hint">{form.keysHint}</p>
      {(['text', 'address'] as const).map((way) => (
        <label className="tick" key={way}>
          <input
            type="radio"
            name={name}
            checked={draft.keysBy === way}
            onChange={() => onChange({ ...draft, keysBy: way })}
          />
          <span>{form.keysBy[way]}</span>
        </label>
      ))}
      {draft.keysBy === 'text' ? (
        <TextField
          label={form.jwks}
          hint={keyIds.length === 0 ? form.jwksHint : `${form.jwksHint} ${form.keysNow(keyIds.join(', '))}`}
          value={draft.jwks}
          rows={6}
          problems={problemsOf(problems, 'jwks')}
          onChange={(jwks) => onChange({ ...draft, jwks })}
        />
      ) : (
        <TextField
          label={form.jwksUri}
          hint={form.jwksUriHint}
          value={draft.jwksUri}
          problems={problemsOf(problems, 'jwksUri')}
          onChange={(jwksUri) => onChange({ ...draft, jwksUri })}
        />
      )}
    </fieldset>
  );
}
