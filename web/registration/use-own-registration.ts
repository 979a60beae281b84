import { useCallback, useEffect, useState } from 'react';
import { useClient } from 'urql';
import { answerOf, type Failure } from '../api/answer.ts';
import { MyRegistrationDocument, type RegistrationPurpose } from '../generated/operations.ts';
import type { OwnRegistration } from './own-registration.ts';

/** The registration that this browser, or who is signed in, has begun. */
export interface Own {
  /** `undefined` until the server has answered; null where there is none for this purpose. */
  readonly found: OwnRegistration | null | undefined;
  readonly failure: Failure | null;
  readonly asking: boolean;
  readonly again: () => void;
  readonly put: (registration: OwnRegistration | null) => void;
}

/** Asks for one's own registration for a purpose; one for another is none here. */
export function useOwnRegistration(purpose: RegistrationPurpose): Own {
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
      const own = data?.registration ?? null;
      put(own?.purpose === purpose ? own : null);
    });
  }, [client, purpose]);
  useEffect(ask, [ask]);
  const again = (): void => {
    setAsking(true);
    ask();
  };
  return { found, failure, asking, again, put };
}
