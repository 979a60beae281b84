import type { SubjectIdentifiers } from '@dinhdanh/kit';

/** Where registrations are found, as the door `/resolve-caller` needs them. */
export interface ApplicantStore {
  /**
   * What a registration declares that is compared now, in one statement; null for one that is not there, or no longer open.
   * The name as match key; no number (`''`) where a foreigner declares a passport alone.
   */
  readonly findApplicant: (registrationId: string) => Promise<SubjectIdentifiers | null>;
}

/** Somebody who registers, as the gateway is told of them: what they declare, which nobody has verified. */
export interface KnownApplicant {
  readonly actor: { readonly kind: 'applicant'; readonly id: string };
  readonly ids: SubjectIdentifiers;
}
