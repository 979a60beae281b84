import { Progress } from '../components/progress.tsx';
import { Screen } from '../components/screen.tsx';
import { MissingMessage } from '../components/section-messages.tsx';
import type { RegistrationPurpose } from '../generated/operations.ts';
import { ChangeRules } from '../registration/change-rules.tsx';
import { ContactStep } from '../registration/contact-step.tsx';
import { placeOf } from '../registration/own-registration.ts';
import { ResumeForm } from '../registration/resume-form.tsx';
import { Standing } from '../registration/standing.tsx';
import { useOwnRegistration } from '../registration/use-own-registration.ts';
import { Wizard } from '../registration/wizard.tsx';
import { hrefOf } from '../session/route.ts';
import { useTexts } from '../texts/use-texts.ts';

interface RegisterProps {
  readonly purpose: RegistrationPurpose;
  readonly onActivated: (passcodeUntil: string | null) => void;
}

/** Registering for an account, or getting back into one: goes on where it was left, on this device or another. */
export function Register({ purpose, onActivated }: RegisterProps) {
  const { registration: texts } = useTexts();
  const { title } = texts.purposes[purpose];
  const { found, failure, asking, again, put } = useOwnRegistration(purpose);
  if (found === undefined) {
    return (
      <Screen title={title} narrow>
        {failure === null ? (
          <Progress label={texts.asking} />
        ) : (
          <MissingMessage failure={failure} asking={asking} again={again} />
        )}
      </Screen>
    );
  }
  if (found === null) return <Begin purpose={purpose} onBegun={again} />;
  if (placeOf(found) !== null) return <Wizard registration={found} onChange={put} />;
  return (
    <Screen title={title} narrow>
      <Standing
        registration={found}
        asking={asking}
        again={again}
        onChange={put}
        onActivated={onActivated}
        onNew={() => put(null)}
      />
      {purpose !== 'ACCOUNT' && <BackToSignIn words={texts.backToSignIn} />}
    </Screen>
  );
}

interface BeginProps {
  readonly purpose: RegistrationPurpose;
  readonly onBegun: () => void;
}

function Begin({ purpose, onBegun }: BeginProps) {
  const { registration: texts } = useTexts();
  const { title, lead } = texts.purposes[purpose];
  return (
    <Screen title={title} narrow>
      <p className="lead">{lead}</p>
      {purpose === 'ACCOUNT' ? (
        <p>
          <a href={hrefOf({ screen: 'rules' })}>{texts.toRules}</a>
        </p>
      ) : (
        <ChangeRules purpose={purpose} byOldNumber={false} />
      )}
      <ContactStep purpose={purpose} onBegun={onBegun} />
      {/* A new number sets no password, by which it could be gone on with elsewhere. */}
      {purpose !== 'PHONE' && <ResumeForm onResumed={onBegun} />}
      <BackToSignIn words={purpose === 'ACCOUNT' ? texts.toSignIn : texts.backToSignIn} />
    </Screen>
  );
}

function BackToSignIn({ words }: { readonly words: string }) {
  return (
    <p className="after-form">
      <a href={hrefOf({ screen: 'profile' })}>{words}</a>
    </p>
  );
}
