import { useId } from 'react';
import { claimWords } from '../format/claims.ts';
import { useTexts } from '../texts/use-texts.ts';
import { emptyPurpose, problemsOf, type PurposeDraft } from './draft.ts';
import { ProblemList } from './problem-list.tsx';
import type { PartyProblem, Purpose } from './relying-party.ts';
import { TextField } from './text-field.tsx';

interface PurposeFieldsProps {
  readonly purpose: Purpose;
  /** What was filled in; null while the purpose is not chosen. */
  readonly draft: PurposeDraft | null;
  readonly onChange: (draft: PurposeDraft | null) => void;
  /** Where it stands among what was sent; null where it was not. */
  readonly field: string | null;
  readonly problems: readonly PartyProblem[];
}

/** A purpose to choose, and, once it is, what of it is needed and how long it is kept. */
export function PurposeFields({ purpose, draft, onChange, field, problems }: PurposeFieldsProps) {
  const { parties, language } = useTexts();
  const { form } = parties;
  const name = purpose.label?.[language] ?? purpose.code ?? '';
  const days = form.retentionHint(purpose.retentionDays ?? 0);
  const below = (part: string): readonly PartyProblem[] =>
    field === null ? [] : problemsOf(problems, `${field}.${part}`);
  return (
    <li className={draft === null ? 'purpose' : 'purpose chosen'}>
      <label className="tick">
        <input
          type="checkbox"
          checked={draft !== null}
          onChange={(event) => onChange(event.target.checked ? emptyPurpose : null)}
        />
        <span className="item-name">{name}</span>
      </label>
      {draft !== null && (
        <>
          <ProblemList problems={below('code')} />
          <ClaimTicks
            legend={form.claims(name)}
            claims={purpose.claims ?? []}
            chosen={draft.claims}
            problems={below('claims')}
            onChange={(claims) => onChange({ ...draft, claims })}
          />
          <TextField
            label={form.retentionOf(name)}
            hint={days}
            value={draft.retention}
            isNumber
            problems={below('retentionDays').map((one) => ({ ...one, hint: { vi: days, en: days } }))}
            onChange={(retention) => onChange({ ...draft, retention })}
          />
          {purpose.standing === true && (
            <label className="tick">
              <input
                type="checkbox"
                checked={draft.standing}
                onChange={(event) => onChange({ ...draft, standing: event.target.checked })}
              />
              <span>{form.standing}</span>
            </label>
          )}
          <ProblemList problems={below('standing')} />
        </>
      )}
    </li>
  );
}

interface ClaimTicksProps {
  readonly legend: string;
  readonly claims: readonly string[];
  readonly chosen: ReadonlySet<string>;
  readonly problems: readonly PartyProblem[];
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

function ClaimTicks({ legend, claims, chosen, problems, onChange }: ClaimTicksProps) {
  const texts = useTexts();
  const id = useId();
  return (
    <fieldset aria-describedby={`${id}-problems`}>
      <legend>{legend}</legend>
      <ProblemList id={`${id}-problems`} problems={problems} />
      {claimWords(claims, texts, texts.language).map(({ id: claim, label, explanation }) => (
        <div key={claim} className="claim-tick">
          <label className="tick">
            <input
              type="checkbox"
              checked={chosen.has(claim)}
              aria-describedby={explanation === null ? undefined : `${id}-${claim}`}
              aria-invalid={problems.length > 0}
              onChange={(event) => {
                const next = new Set(chosen);
                if (event.target.checked) next.add(claim);
                else next.delete(claim);
                onChange(next);
              }}
            />
            <span>{label}</span>
          </label>
          {explanation !== null && (
            <p id={`${id}-${claim}`} className="hint">
              {explanation}
            </p>
          )}
        </div>
      ))}
    </fieldset>
  );
}
