import { useState } from 'react';
import { useFaultId } from '../components/fault-id.ts';
import { FormField } from '../components/form-field.tsx';
import { DeclareIdentityDocument, type DeclareIdentityInput, type Sex } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { CardScanner } from './card-scanner.tsx';
import { type IdentityDraft, identityDraft, identityFault, identityInput } from './identity-draft.ts';
import type { OwnRegistration } from './own-registration.ts';
import { StepForm } from './step-form.tsx';
import { useStep } from './use-step.ts';

interface IdentityStepProps {
  readonly registration: OwnRegistration;
  readonly onDone: (registration: OwnRegistration) => void;
}

/** What is said of a field that cannot be sent. */
const said = {
  fullName: 'nameWrong',
  dateOfBirth: 'dateWrong',
  sex: 'sexWrong',
  nationality: 'nationalityWrong',
} as const;

/** Whose account it is to be: by the QR of the card, or typed. */
export function IdentityStep({ registration, onDone }: IdentityStepProps) {
  const { registration: texts } = useTexts();
  const { identity } = texts;
  const isForeign = registration.kind === 'FOREIGN_RESIDENT';
  const [draft, setDraft] = useState(() => identityDraft(registration));
  const step = useStep(DeclareIdentityDocument);

  async function declare(input: DeclareIdentityInput): Promise<void> {
    const data = await step.send({ input });
    if (data !== null) onDone(data.declareIdentity);
  }
  function submit(): void {
    const fault = identityFault(draft, isForeign);
    if (fault === null) void declare(identityInput(draft, isForeign));
    else step.say((now) => now.registration.identity[said[fault]], fault);
  }

  return (
    <>
      {!isForeign && (
        <>
          <p className="lead">{identity.intro}</p>
          <CardScanner
            isBusy={step.isBusy}
            onCard={(cardQr) => void declare({ source: 'CARD_QR', cardQr })}
          />
          <h2>{identity.type}</h2>
        </>
      )}
      <p className="hint">{identity.typeHint}</p>
      <StepForm
        message={step.message}
        isBusy={step.isBusy}
        wait={step.wait}
        submitLabel={identity.submit}
        onSubmit={submit}
      >
        <IdentityFields
          {...{ draft, isForeign }}
          wrong={step.field}
          onChange={(part) => setDraft({ ...draft, ...part })}
        />
      </StepForm>
    </>
  );
}

interface IdentityFieldsProps {
  readonly draft: IdentityDraft;
  readonly isForeign: boolean;
  readonly wrong: string | null;
  readonly onChange: (part: Partial<IdentityDraft>) => void;
}

function IdentityFields({ draft, isForeign, wrong, onChange }: IdentityFieldsProps) {
  const { registration } = useTexts();
  const { identity } = registration;
  return (
    <>
      <FormField
        label={identity.fullName}
        hint={identity.fullNameHint}
        autoComplete="name"
        maxLength={100}
        isVietnamese
        value={draft.fullName}
        isWrong={wrong === 'fullName'}
        onChange={(fullName) => onChange({ fullName })}
      />
      <FormField
        label={identity.dateOfBirth}
        hint={identity.dateOfBirthHint}
        autoComplete="bday"
        maxLength={10}
        value={draft.dateOfBirth}
        isWrong={wrong === 'dateOfBirth'}
        onChange={(dateOfBirth) => onChange({ dateOfBirth })}
      />
      <SexChoice
        value={draft.sex}
        isForeign={isForeign}
        isWrong={wrong === 'sex'}
        onChange={(sex) => onChange({ sex })}
      />
      {isForeign && (
        <FormField
          label={identity.nationality}
          hint={identity.nationalityHint}
          maxLength={3}
          value={draft.nationality}
          isWrong={wrong === 'nationality'}
          onChange={(nationality) => onChange({ nationality })}
        />
      )}
      <FormField
        label={identity.permanentResidence}
        maxLength={200}
        isVietnamese
        value={draft.permanentResidence}
        isWrong={wrong === 'permanentResidence'}
        onChange={(permanentResidence) => onChange({ permanentResidence })}
      />
      <FormField
        label={identity.currentAddress}
        hint={identity.currentAddressHint}
        maxLength={200}
        isVietnamese
        value={draft.currentAddress}
        isWrong={wrong === 'currentAddress'}
        onChange={(currentAddress) => onChange({ currentAddress })}
      />
    </>
  );
}

interface SexChoiceProps {
  readonly value: Sex | null;
  readonly isForeign: boolean;
  readonly isWrong: boolean;
  readonly onChange: (sex: Sex) => void;
}

function SexChoice({ value, isForeign, isWrong, onChange }: SexChoiceProps) {
  const { registration, words } = useTexts();
  const fault = useFaultId();
  const sexes = isForeign ? (['FEMALE', 'MALE', 'UNSPECIFIED'] as const) : (['FEMALE', 'MALE'] as const);
  return (
    <fieldset
      role="radiogroup"
      aria-invalid={isWrong}
      aria-describedby={isWrong ? fault : undefined}
      tabIndex={-1}
    >
      <legend>{registration.identity.sex}</legend>
      {sexes.map((sex) => (
        <label className="tick" key={sex}>
          <input type="radio" name="sex" checked={value === sex} onChange={() => onChange(sex)} />
          <span>{words.sex[sex]}</span>
        </label>
      ))}
    </fieldset>
  );
}
