import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { FormMessage } from '../../components/form-message.tsx';
import type { AuditReason } from '../../generated/audit-operations.ts';
import {
  cleanFilter,
  type FilterName,
  instantOf,
  type Search,
  type SearchedPerson,
} from '../audit/search-filter.ts';
import { claimGroups } from '../claim-words.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';

/** What has been typed in, all as text. */
type Typed = { readonly [Name in FilterName]?: string } & {
  readonly number: string;
  readonly reason: string;
};

interface SearchFormProps {
  readonly start: Search;
  readonly onSearch: (search: Search) => void;
  readonly onClear: () => void;
}

type SearchFault = 'numberFault' | 'reasonFault' | 'rangeFault';

const ids = ['consentId', 'caseId', 'requestId', 'pseudonym'] as const;

/** Everything a search can be narrowed by. A person's number goes with a reason, and leaves the page with the page. */
export function SearchForm({ start, onSearch, onClear }: SearchFormProps) {
  const { search } = useConsoleTexts();
  const [typed, setTyped] = useState<Typed>({
    ...start.filter,
    number: start.person?.number ?? '',
    reason: start.person?.reason ?? '',
  });
  const [fault, setFault] = useState<SearchFault | null>(null);
  const change = (name: keyof Typed, text: string): void => setTyped((last) => ({ ...last, [name]: text }));
  function send(event: FormEvent): void {
    event.preventDefault();
    const found = faultOf(typed);
    setFault(found);
    if (found === null) onSearch({ filter: cleanFilter(typed), person: personOf(typed) });
  }
  const fields = { typed, change };
  return (
    <form className="search-form section" noValidate onSubmit={send} autoComplete="off">
      <FormMessage text={fault === null ? null : search[fault]} />
      <PersonFields {...fields} />
      <div className="field-row">
        <ReaderFields {...fields} />
        <WhatFields {...fields} />
      </div>
      <WhenFields {...fields} />
      <details className="more-filters" open={ids.some((name) => start.filter[name] !== undefined)}>
        <summary>{search.more}</summary>
        <div className="field-row">
          {ids.map((name) => (
            <TextField key={name} {...fields} name={name} label={search[name]} />
          ))}
        </div>
      </details>
      <div className="buttons">
        <button type="submit" className="button">
          {search.submit}
        </button>
        <button type="button" className="button quiet" onClick={onClear}>
          {search.clear}
        </button>
      </div>
    </form>
  );
}

function faultOf({ number, reason, from, to }: Typed): SearchFault | null {
  const digits = number.replaceAll(/\s/g, '');
  if (digits !== '' && !/^\d{12}$/.test(digits)) return 'numberFault';
  if (digits !== '' && reason === '') return 'reasonFault';
  const isRange = from === undefined || from === '' || to === undefined || to === '';
  return isRange || instantOf(from) < instantOf(to) ? null : 'rangeFault';
}

function personOf({ number, reason }: Typed): SearchedPerson | null {
  const digits = number.replaceAll(/\s/g, '');
  return digits === '' ? null : { number: digits, reason: reason as AuditReason };
}

interface FieldsProps {
  readonly typed: Typed;
  readonly change: (name: keyof Typed, text: string) => void;
}

function PersonFields({ typed, change }: FieldsProps) {
  const { search, codes } = useConsoleTexts();
  const id = useId();
  return (
    <fieldset>
      <legend>{search.person}</legend>
      <div className="field-row">
        <div className="field">
          <label htmlFor={id}>{search.number}</label>
          <input
            id={id}
            inputMode="numeric"
            autoComplete="off"
            maxLength={20}
            value={typed.number}
            aria-describedby={`${id}-hint`}
            onChange={(event) => change('number', event.target.value)}
          />
          <p className="hint" id={`${id}-hint`}>
            {search.numberHint}
          </p>
        </div>
        <div>
          <SelectField
            typed={typed}
            change={change}
            name="reason"
            label={search.reason}
            none={search.chooseReason}
          >
            <Options words={codes.reason} />
          </SelectField>
          {typed.number.trim() !== '' && <p className="hint told">{search.told}</p>}
        </div>
      </div>
    </fieldset>
  );
}

function ReaderFields({ typed, change }: FieldsProps) {
  const { search, codes } = useConsoleTexts();
  return (
    <fieldset>
      <legend>{search.reader}</legend>
      <SelectField typed={typed} change={change} name="actorKind" label={search.actorKind} none={search.any}>
        <Options words={codes.actor} />
      </SelectField>
      <TextField typed={typed} change={change} name="actorId" label={search.actorId} />
      <Tick typed={typed} change={change} name="withoutConsent" label={search.withoutConsent} />
    </fieldset>
  );
}

function WhatFields({ typed, change }: FieldsProps) {
  const { search, codes, language } = useConsoleTexts();
  return (
    <fieldset>
      <legend>{search.what}</legend>
      <SelectField typed={typed} change={change} name="claim" label={search.claim} none={search.any}>
        {claimGroups(language).map(({ label, claims }) => (
          <optgroup key={label} label={label}>
            {claims.map((claim) => (
              <option key={claim.id} value={claim.id}>
                {claim.label}
              </option>
            ))}
          </optgroup>
        ))}
      </SelectField>
      <div className="field-row tight">
        <SelectField typed={typed} change={change} name="event" label={search.event} none={search.any}>
          <Options words={codes.event} />
        </SelectField>
        <SelectField typed={typed} change={change} name="outcome" label={search.outcome} none={search.any}>
          <Options words={codes.outcome} />
        </SelectField>
      </div>
    </fieldset>
  );
}

function WhenFields({ typed, change }: FieldsProps) {
  const { search } = useConsoleTexts();
  return (
    <fieldset>
      <legend>{search.when}</legend>
      <div className="field-row when">
        <TextField typed={typed} change={change} name="from" label={search.from} type="datetime-local" />
        <TextField typed={typed} change={change} name="to" label={search.to} type="datetime-local" />
        <Tick typed={typed} change={change} name="atNight" label={search.atNight} />
      </div>
    </fieldset>
  );
}

interface FieldProps extends FieldsProps {
  readonly name: keyof Typed;
  readonly label: string;
}

function TextField({ typed, change, name, label, type = 'text' }: FieldProps & { readonly type?: string }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={120}
        value={typed[name] ?? ''}
        onChange={(event) => change(name, event.target.value)}
      />
    </div>
  );
}

interface SelectFieldProps extends FieldProps {
  /** What stands where nothing is chosen. */
  readonly none: string;
  readonly children: ReactNode;
}

function SelectField({ typed, change, name, label, none, children }: SelectFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={typed[name] ?? ''} onChange={(event) => change(name, event.target.value)}>
        <option value="">{none}</option>
        {children}
      </select>
    </div>
  );
}

function Options({ words }: { readonly words: Readonly<Record<string, string>> }) {
  return Object.entries(words).map(([value, word]) => (
    <option key={value} value={value}>
      {word}
    </option>
  ));
}

function Tick({ typed, change, name, label }: FieldProps) {
  return (
    <label className="tick">
      <input
        type="checkbox"
        checked={(typed[name] ?? '') !== ''}
        onChange={(event) => change(name, event.target.checked ? '1' : '')}
      />
      <span>{label}</span>
    </label>
  );
}
