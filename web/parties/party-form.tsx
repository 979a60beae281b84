import { type FormEvent, useEffect, useRef, useState } from 'react';
import { FormMessage } from '../components/form-message.tsx';
import { Progress } from '../components/progress.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { chosenCodes, draftOf, inputOf, type PartyDraft, problemsOf, withPurpose } from './draft.ts';
import { KeyFields } from './key-fields.tsx';
import { ProblemList } from './problem-list.tsx';
import { PurposeFields } from './purpose-fields.tsx';
import type { PartyProblem, Purpose, RelyingParty } from './relying-party.ts';
import { TextField } from './text-field.tsx';
import { useRegistration } from './use-registration.ts';

interface PartyFormProps {
  readonly organisation: string;
  /** What is edited; null for a new one. */
  readonly party: RelyingParty | null;
  readonly catalogue: readonly Purpose[];
  readonly onKept: (party: RelyingParty) => void;
}

/** Registers a relying party or changes what is registered; what is wrong stands at its field. */
export function PartyForm({ organisation, party, catalogue, onKept }: PartyFormProps) {
  const { parties } = useTexts();
  const { form: texts } = parties;
  const [draft, setDraft] = useState<PartyDraft>(() => draftOf(party));
  const { send, problems, message, isBusy } = useRegistration(party?.id ?? null, onKept);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problems.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems]);

  function submit(event: FormEvent): void {
    event.preventDefault();
    void send(inputOf(draft, organisation, catalogue));
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className="section party-form">
      <FormMessage text={problems.length > 0 ? texts.problems(problems.length) : message} />
      <AboutFields draft={draft} problems={problems} onChange={setDraft} />
      <KeyFields draft={draft} keyIds={party?.keyIds ?? []} problems={problems} onChange={setDraft} />
      <PurposeList draft={draft} catalogue={catalogue} problems={problems} onChange={setDraft} />
      {party !== null && <p className="hint">{texts.saveNote}</p>}
      <div className="buttons">
        <button type="submit" className="button" disabled={isBusy}>
          {party === null ? texts.submit : texts.save}
        </button>
      </div>
      {isBusy && <Progress label={texts.busy} />}
    </form>
  );
}

interface PartProps {
  readonly draft: PartyDraft;
  readonly problems: readonly PartyProblem[];
  readonly onChange: (draft: PartyDraft) => void;
}

function AboutFields({ draft, problems, onChange }: PartProps) {
  const { parties } = useTexts();
  const { form } = parties;
  return (
    <fieldset>
      <legend>{form.about}</legend>
      <TextField
        label={form.displayName}
        hint={form.displayNameHint}
        value={draft.displayName}
        isVietnamese
        problems={problemsOf(problems, 'displayName')}
        onChange={(displayName) => onChange({ ...draft, displayName })}
      />
      <TextField
        label={form.domain}
        hint={form.domainHint}
        value={draft.domain}
        problems={problemsOf(problems, 'domain')}
        onChange={(domain) => onChange({ ...draft, domain })}
      />
      <TextField
        label={form.contact}
        hint={form.contactHint}
        value={draft.dataContact}
        problems={problemsOf(problems, 'dataContact')}
        onChange={(dataContact) => onChange({ ...draft, dataContact })}
      />
      <TextField
        label={form.redirects}
        hint={form.redirectsHint}
        value={draft.redirects}
        rows={3}
        problems={problemsOf(problems, 'redirectUris')}
        onChange={(redirects) => onChange({ ...draft, redirects })}
      />
    </fieldset>
  );
}

function PurposeList({
  draft,
  catalogue,
  problems,
  onChange,
}: PartProps & Pick<PartyFormProps, 'catalogue'>) {
  const { parties } = useTexts();
  const { form } = parties;
  const sent = chosenCodes(draft, catalogue);
  return (
    <fieldset>
      <legend>{form.purposes}</legend>
      <p className="hint">{form.purposesHint}</p>
      <ProblemList problems={problems.filter(({ field }) => field === 'purposes')} />
      <ul className="purposes">
        {catalogue.map((purpose) => {
          const code = purpose.code ?? '';
          const at = sent.indexOf(code);
          return (
            <PurposeFields
              key={code}
              purpose={purpose}
              draft={draft.purposes.get(code) ?? null}
              field={at === -1 ? null : `purposes[${at}]`}
              problems={problems}
              onChange={(one) => onChange(withPurpose(draft, code, one))}
            />
          );
        })}
      </ul>
    </fieldset>
  );
}
