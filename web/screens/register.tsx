import { useCallback, useEffect, useState } from 'react';
import { useClient } from 'urql';
import { answerOf, type Failure } from '../api/answer.ts';
import { Progress } from '../components/progress.tsx';
import { Screen } from '../components/screen.tsx';
import { MissingMessage } from '../components/section-messages.tsx';
import { MyRegistrationDocument } from '../generated/operations.ts';
import { ContactStep } from '../registration/contact-step.tsx';
import { type OwnRegistration, placeOf } from '../registration/own-registration.ts';
import { ResumeForm } from '../registration/resume-form.tsx';
import { Standing } from '../registration/standing.tsx';
import { Wizard } from '../registration/wizard.tsx';
import { hrefOf } from '../session/route.ts';
import { useTexts } from '../texts/use-texts.ts';

interface RegisterProps {
  readonly onActivated: (passcodeUntil: string | null) => void;
}

/** Registering for an account: goes on where it was left, on this device or another. */
export function Register({ onActivated }: RegisterProps) {
  const { registration: texts } = useTexts();
  const { found, failure, asking, again, put } = useOwnRegistration();
  if (found === undefined) {
    return (
      <Screen title={texts.title} narrow>
        {failure === null ? (
          <Progress label={texts.asking} />
        ) : (
          <MissingMessage failure={failure} asking={asking} again={again} />
        )}
      </Screen>
    );
  }
  if (found === null) return <Begin onBegun={again} />;
  if (placeOf(found) !== null) return <Wizard registration={found} onChange={put} />;
  return (
    <Screen title={texts.title} narrow>
      <Standing registration={found} onActivated={onActivated} onNew={() => put(null)} />
    </Screen>
  );
}

function Begin({ onBegun }: { readonly onBegun: () => void }) {
  const { registration: texts } = useTexts();
  return (
    <Screen title={texts.title} narrow>
      <p className="lead">{texts.intro}</p>
      <p>
        <a href={hrefOf({ screen: 'rules' })}>{texts.toRules}</a>
      </p>
      <ContactStep onBegun={onBegun} />
      <ResumeForm onResumed={onBegun} />
      <p>
        <a href={hrefOf({ screen: 'profile' })}>{texts.toSignIn}</a>
      </p>
    </Screen>
  );
}

interface Own {
  /** `undefined` until the server has answered; null where there is no registration. */
  readonly found: OwnRegistration | null | undefined;
  readonly failure: Failure | null;
  readonly asking: boolean;
  readonly again: () => void;
  readonly put: (registration: OwnRegistration | null) => void;
}

function useOwnRegistration(): Own {
  const client = useClient();
  const [found, put] = useState<OwnRegistration | null | undefined>(undefined);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [asking, setAsking] = useState(false);
  const ask = useCallback(() => {
    void client.query(MyRegistrationDocument, {}, { requestPolicy: 'network-only' }).then((result) => {
      const { data, failures } = answerOf(result);
      const [first] = failures;
      setAsking(false);
      // Who has no session has no registration yet: that is where everybody begins.
      const isNobody = first?.code === 'UNAUTHENTICATED' || first?.code === 'NOT_PERMITTED';
      if (first !== undefined && !isNobody) return setFailure(first);
      setFailure(null);
      put(data?.registration ?? null);
    });
  }, [client]);
  useEffect(ask, [ask]);
  const again = (): void => {
    setAsking(true);
    ask();
  };
  return { found, failure, asking, again, put };
}
