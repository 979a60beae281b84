import { useState } from 'react';
import { deviceTitle } from '../api/browser.ts';
import { FormField } from '../components/form-field.tsx';
import { type RegistrationPurpose, StartRegistrationDocument } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { type ContactDraft, contactFault, contactInput, emptyContact, takesPhone } from './contact-draft.ts';
import { StepForm } from './step-form.tsx';
import { useStep } from './use-step.ts';

interface ContactStepProps {
  readonly purpose: RegistrationPurpose;
  readonly onBegun: () => void;
}

/** The first step: whose account it is, and where the code goes. */
export function ContactStep({ purpose, onBegun }: ContactStepProps) {
  const { registration } = useTexts();
  const { contact } = registration;
  const [draft, setDraft] = useState(emptyContact);
  const { send, message, field, isBusy, wait, say } = useStep(StartRegistrationDocument);
  const change = (part: Partial<ContactDraft>): void => setDraft((last) => ({ ...last, ...part }));

  async function submit(): Promise<void> {
    const fault = contactFault(draft, purpose);
    const said = {
      number: contact.numberWrong,
      passport: contact.passportWrong,
      phone: contact.phoneWrong,
      email: contact.emailWrong,
    };
    if (fault !== null) return say(said[fault], fault);
    const data = await send({ input: contactInput(draft, purpose, deviceTitle(navigator.userAgent)) });
    if (data !== null) onBegun();
  }

  const isForeign = draft.kind === 'FOREIGN_RESIDENT';
  return (
    <StepForm
      {...{ message, isBusy, wait }}
      submitLabel={registration.purposes[purpose].begin}
      onSubmit={() => void submit()}
    >
      <KindChoice value={draft.kind} onChange={(kind) => change({ kind })} />
      <FormField
        label={isForeign ? contact.foreignNumber : contact.number}
        hint={isForeign ? contact.foreignNumberHint : contact.numberHint}
        value={draft.number}
        inputMode={isForeign ? 'text' : 'numeric'}
        maxLength={20}
        isWrong={field === 'number' || field === 'personalNumber'}
        onChange={(number) => change({ number })}
      />
      {isForeign && <PassportFields draft={draft} isWrong={field === 'passport'} onChange={change} />}
      <ReachFields {...{ purpose, draft }} wrong={field} onChange={change} />
    </StepForm>
  );
}

interface ReachFieldsProps {
  readonly purpose: RegistrationPurpose;
  readonly draft: ContactDraft;
  readonly wrong: string | null;
  readonly onChange: (part: Partial<ContactDraft>) => void;
}

/** How the applicant is reached, where that is theirs to say. */
function ReachFields({ purpose, draft, wrong, onChange }: ReachFieldsProps) {
  const { registration } = useTexts();
  const { contact } = registration;
  return (
    <>
      {takesPhone(purpose) && (
        <FormField
          label={purpose === 'PHONE' ? contact.newPhone : contact.phone}
          hint={purpose === 'PHONE' ? contact.newPhoneHint : contact.phoneHint}
          type="tel"
          autoComplete="tel"
          maxLength={20}
          value={draft.phone}
          isWrong={wrong === 'phone'}
          onChange={(phone) => onChange({ phone })}
        />
      )}
      {purpose === 'ACCOUNT' && (
        <FormField
          label={contact.email}
          hint={contact.emailHint}
          type="email"
          autoComplete="email"
          maxLength={254}
          value={draft.email}
          isWrong={wrong === 'email'}
          onChange={(email) => onChange({ email })}
        />
      )}
    </>
  );
}

interface KindChoiceProps {
  readonly value: ContactDraft['kind'];
  readonly onChange: (kind: ContactDraft['kind']) => void;
}

function KindChoice({ value, onChange }: KindChoiceProps) {
  const { registration } = useTexts();
  const { contact } = registration;
  const kinds = [
    ['CITIZEN', contact.citizen],
    ['FOREIGN_RESIDENT', contact.foreigner],
  ] as const;
  return (
    <fieldset>
      <legend>{contact.kind}</legend>
      {kinds.map(([kind, label]) => (
        <label className="tick" key={kind}>
          <input type="radio" name="kind" checked={value === kind} onChange={() => onChange(kind)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface PassportFieldsProps {
  readonly draft: ContactDraft;
  readonly isWrong: boolean;
  readonly onChange: (part: Partial<ContactDraft>) => void;
}

function PassportFields({ draft, isWrong, onChange }: PassportFieldsProps) {
  const { registration } = useTexts();
  const { contact } = registration;
  return (
    <>
      <FormField
        label={contact.passport}
        hint={contact.passportHint}
        maxLength={14}
        value={draft.passport}
        isWrong={isWrong}
        onChange={(passport) => onChange({ passport })}
      />
      <FormField
        label={contact.passportCountry}
        hint={contact.passportCountryHint}
        maxLength={3}
        value={draft.passportCountry}
        isWrong={isWrong}
        onChange={(passportCountry) => onChange({ passportCountry })}
      />
    </>
  );
}
