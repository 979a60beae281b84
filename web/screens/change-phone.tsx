import { useState } from 'react';
import { FormField } from '../components/form-field.tsx';
import { Progress } from '../components/progress.tsx';
import { Screen } from '../components/screen.tsx';
import { MissingMessage } from '../components/section-messages.tsx';
import { StartRegistrationDocument } from '../generated/operations.ts';
import { ChangeRules } from '../registration/change-rules.tsx';
import { isPhone, typedPhone } from '../registration/contact-draft.ts';
import { type OwnRegistration, placeOf } from '../registration/own-registration.ts';
import { Standing } from '../registration/standing.tsx';
import { StepForm } from '../registration/step-form.tsx';
import { useOwnRegistration } from '../registration/use-own-registration.ts';
import { useStep } from '../registration/use-step.ts';
import { Wizard } from '../registration/wizard.tsx';
import { usePasscode } from '../session/passcode.tsx';
import { hrefOf } from '../session/route.ts';
import type { OwnAccount } from '../session/standing.ts';
import { useTexts } from '../texts/use-texts.ts';

interface ChangePhoneProps {
  readonly account: OwnAccount;
}

/** A new phone number of who is signed in and has the old one: the passcode, and a code at each of the two. */
export function ChangePhone({ account }: ChangePhoneProps) {
  const { registration: texts } = useTexts();
  const { title } = texts.purposes.PHONE;
  const { found, failure, asking, again, put } = useOwnRegistration('PHONE');
  // What ended before this screen was opened is over; what ends on it is told.
  const [isAtIt, setAtIt] = useState(false);
  const change = (changed: OwnRegistration | null): void => {
    setAtIt(changed !== null);
    put(changed);
  };
  const current = found != null && (isAtIt || isUnderWay(found)) ? found : null;
  if (current !== null && placeOf(current) !== null)
    return <Wizard registration={current} onChange={change} />;
  return (
    <Screen title={title} narrow>
      {failure !== null && <MissingMessage failure={failure} asking={asking} again={again} />}
      {failure === null && found === undefined && <Progress label={texts.asking} />}
      {current !== null && (
        <Standing
          registration={current}
          asking={asking}
          again={again}
          onChange={change}
          onActivated={null}
          onNew={() => change(null)}
        />
      )}
      {found !== undefined && current === null && <NewPhone account={account} onBegun={again} />}
      <p>
        <a href={hrefOf({ screen: 'account' })}>{texts.toAccount}</a>
      </p>
    </Screen>
  );
}

function isUnderWay({ state }: OwnRegistration): boolean {
  return state === 'OPEN' || state === 'SUBMITTED' || state === 'IN_REVIEW' || state === 'APPROVED';
}

interface NewPhoneProps extends ChangePhoneProps {
  readonly onBegun: () => void;
}

function NewPhone({ account: { kind, phoneMasked }, onBegun }: NewPhoneProps) {
  const { registration: texts, ownChanges, account: accountTexts } = useTexts();
  const { contact } = texts;
  const [phone, setPhone] = useState('');
  const { send, message, field, isBusy, wait, say } = useStep(StartRegistrationDocument);
  const { confirm } = usePasscode();

  async function submit(): Promise<void> {
    if (!isPhone(phone)) return say(({ registration }) => registration.contact.phoneWrong, 'phone');
    say(null);
    if (!(await confirm(ownChanges.confirmPhone))) return;
    const data = await send({
      input: {
        purpose: 'PHONE',
        kind: kind === 'FOREIGN_RESIDENT' ? 'FOREIGN_RESIDENT' : 'CITIZEN',
        channel: 'APP',
        phone: typedPhone(phone),
      },
    });
    if (data !== null) onBegun();
  }

  return (
    <>
      <p className="lead">{ownChanges.phoneLead}</p>
      <ChangeRules purpose="PHONE" byOldNumber />
      <StepForm
        {...{ message, isBusy, wait }}
        submitLabel={texts.purposes.PHONE.begin}
        onSubmit={() => void submit()}
      >
        <p>
          {accountTexts.phone}: <strong>{phoneMasked}</strong>
        </p>
        <FormField
          label={contact.newPhone}
          hint={contact.newPhoneHint}
          type="tel"
          autoComplete="tel"
          maxLength={20}
          value={phone}
          isWrong={field === 'phone'}
          onChange={setPhone}
        />
      </StepForm>
      <p>
        {ownChanges.noOldPhone}{' '}
        <a href={hrefOf({ screen: 'restore', id: 'phone' })}>{texts.lostLinks.phone}</a>
      </p>
    </>
  );
}
