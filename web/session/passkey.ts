import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';
import type { Client } from 'urql';
import { answerOf, type Failure } from '../api/answer.ts';
import {
  BeginPasskeyConfirmationDocument,
  BeginPasskeyEnrolmentDocument,
  ConfirmPasskeyDocument,
  FinishPasskeyEnrolmentDocument,
  type MyPasskeysQuery,
} from '../generated/operations.ts';

/** A passkey of the account. */
export type Passkey = NonNullable<NonNullable<MyPasskeysQuery['me']>['passkeys']>[number];

/** What went wrong on the device or in the browser; each has words in the catalogue. */
export type PasskeyFault = 'CANCELLED' | 'KNOWN' | 'UNSUPPORTED';

/** What came of it: something, a fault of the device, or a refusal of the server. */
export type PasskeyOutcome<Value> =
  | { readonly value: Value; readonly fault: null; readonly failure: null }
  | { readonly value: null; readonly fault: PasskeyFault; readonly failure: null }
  | { readonly value: null; readonly fault: null; readonly failure: Failure };

/** Whether this browser can use passkeys at all. */
export function canUsePasskeys(): boolean {
  return browserSupportsWebAuthn();
}

/** What an error of the browser's own means to a person. Whether nobody answered or nobody agreed, no page is told. */
export function faultOf(error: unknown): PasskeyFault {
  if (error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED')
    return 'KNOWN';
  const name = error instanceof Error ? error.name : '';
  if (name === 'InvalidStateError') return 'KNOWN';
  return name === 'NotAllowedError' || name === 'AbortError' ? 'CANCELLED' : 'UNSUPPORTED';
}

/** Enrols a passkey under a name. The passcode window has to be open. */
export async function enrolPasskey(client: Client, name: string): Promise<PasskeyOutcome<Passkey>> {
  const begun = answerOf(await client.mutation(BeginPasskeyEnrolmentDocument, {}));
  const options = begun.data?.beginPasskeyEnrolment.options;
  if (options === undefined) return refused(begun.failures);
  let answer: string;
  try {
    const optionsJSON = JSON.parse(options) as PublicKeyCredentialCreationOptionsJSON;
    answer = JSON.stringify(await startRegistration({ optionsJSON }));
  } catch (error) {
    return { value: null, fault: faultOf(error), failure: null };
  }
  const finished = answerOf(
    await client.mutation(FinishPasskeyEnrolmentDocument, { input: { answer, name } }),
  );
  const value = finished.data?.finishPasskeyEnrolment;
  return value === undefined ? refused(finished.failures) : { value, fault: null, failure: null };
}

/** Confirms by a passkey, as by the passcode: tells until when what is sensitive is open. */
export async function confirmByPasskey(
  client: Client,
): Promise<PasskeyOutcome<{ readonly until: string | null }>> {
  const begun = answerOf(await client.mutation(BeginPasskeyConfirmationDocument, {}));
  const options = begun.data?.beginPasskeyConfirmation.options;
  if (options === undefined) return refused(begun.failures);
  let answer: string;
  try {
    const optionsJSON = JSON.parse(options) as PublicKeyCredentialRequestOptionsJSON;
    answer = JSON.stringify(await startAuthentication({ optionsJSON }));
  } catch (error) {
    return { value: null, fault: faultOf(error), failure: null };
  }
  const confirmed = answerOf(await client.mutation(ConfirmPasskeyDocument, { input: { answer } }));
  const value = confirmed.data?.confirmPasskey;
  return value === undefined
    ? refused(confirmed.failures)
    : { value: { until: value.passcodeUntil }, fault: null, failure: null };
}

function refused(failures: readonly Failure[]): PasskeyOutcome<never> {
  const [failure] = failures;
  const unknown: Failure = {
    code: 'UNREACHABLE',
    path: [],
    source: null,
    reason: null,
    field: null,
    retryAfterSeconds: null,
  };
  return { value: null, fault: null, failure: failure ?? unknown };
}
