/** Who an account is registered for (Decree 69/2024, art. 7). */
export type ApplicantKind = 'CITIZEN' | 'CHILD' | 'WARD' | 'FOREIGN_RESIDENT' | 'ORGANISATION';

/** What a registration is for: an account, or a change of one that its owner cannot sign in for. */
export type RegistrationPurpose = 'ACCOUNT' | 'PASSWORD' | 'DEVICE' | 'PHONE';

/** How it is registered. */
export type RegistrationChannel = 'APP' | 'IN_PERSON';

/** States of a registration; `machine.ts` has what leads from one to another. */
export type RegistrationState =
  | 'OPEN'
  | 'SUBMITTED'
  | 'IN_REVIEW'
  | 'APPROVED'
  | 'ACTIVATED'
  | 'REJECTED'
  | 'WITHDRAWN'
  | 'REFUSED'
  | 'EXPIRED'
  | 'LAPSED';

/** Steps of filling one in. */
export type RegistrationStep =
  | 'CONTACT'
  | 'IDENTITY'
  | 'TERMS'
  | 'CODE'
  | 'PASSWORD'
  | 'MATCH'
  | 'CHIP'
  | 'PORTRAIT'
  | 'BIOMETRICS'
  | 'FORM'
  | 'CONSENTS'
  | 'SUBMIT';

/** By which way the applicant is reached; `ACCOUNT_PHONE` is the number that the account has, which nobody declares. */
export type ContactChannel = 'PHONE' | 'EMAIL' | 'ACCOUNT_PHONE';

/** Where declared data come from. */
export type DeclarationSource = 'CARD_QR' | 'MANUAL' | 'CHIP';

/** Sex as recorded. */
export type Sex = 'MALE' | 'FEMALE' | 'UNSPECIFIED';

/** What an applicant declared of the person an account is for. */
export interface DeclaredIdentity {
  readonly source: DeclarationSource;
  readonly fullName: string;
  /** `1950`, `1950-03` or `1950-03-02`. */
  readonly dateOfBirth: string;
  readonly sex: Sex;
  /** ISO 3166-1 alpha-3; `VNM` for citizens. */
  readonly nationality: string;
  readonly permanentResidence: string | null;
  readonly currentAddress: string | null;
  readonly oldIdNumber: string | null;
  readonly issueDate: string | null;
  /** What stood in the card's QR behind its seven fields, as read. */
  readonly extra: readonly string[];
}

/** What was declared of an organisation. */
export interface DeclaredOrganisationRow {
  readonly legalName: string;
  readonly taxCode: string;
  readonly sector: string;
  /** Whether its data stand in a national or specialised database. */
  readonly authenticated: boolean;
}

/** What a database said of what was declared: how far it agrees and in which fields not, never a value. */
export interface MatchEvidence {
  readonly level: 'FULL' | 'PARTIAL' | 'NONE';
  readonly differing: readonly string[];
  readonly database: MatchDatabase;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** Against which database an applicant is held. */
export type MatchDatabase = 'population' | 'immigration';

/** What is kept of a chip: that it was genuine, hashes, never its contents. */
export interface ChipEvidence {
  readonly at: string;
  readonly hashes: Readonly<Record<string, string>>;
  /** Hash of the face on it, hexadecimal, to find the same face under another number. */
  readonly faceHash: string;
  /** Declared fields that the chip contradicts. */
  readonly differing: readonly string[];
}

/** What is kept of a comparison of faces. */
export interface FaceEvidence {
  readonly at: string;
  readonly score: number;
  readonly outcome: 'SAME' | 'UNSURE' | 'OTHER';
  readonly matcher: string;
  readonly portraitHash: string;
  /** How many were compared until this one. */
  readonly tries: number;
}

/** What an officer took at the desk: the match of a level-2 account (Decree 69/2024, art. 10). */
export interface BiometricEvidence {
  readonly at: string;
  readonly modalities: readonly ('FACE' | 'FINGERPRINT')[];
  readonly database: string;
  readonly same: boolean;
  readonly officer: string;
}

/** The form that the applicant checked, compared and signed before an officer. */
export interface SignedForm {
  readonly at: string;
  readonly form: string;
  readonly hash: string;
  readonly officer: string;
}

/** Why a try of a step failed or a registration was refused; `reasons.ts` has the words. */
export interface ReasonRow {
  readonly code: string;
  readonly step: RegistrationStep | null;
  readonly field: string | null;
}

/** The last code that was sent by a channel. */
export interface SentCode {
  /** RFC 3339, UTC. */
  readonly until: string;
  readonly nextAt: string;
}

/** A registration as it is stored. */
export interface Registration {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly state: RegistrationState;
  readonly purpose: RegistrationPurpose;
  readonly kind: ApplicantKind;
  readonly channel: RegistrationChannel;
  readonly level: 1 | 2 | null;
  readonly openedBy: string | null;
  readonly personalNumber: string | null;
  readonly passport: string | null;
  readonly passportCountry: string | null;
  /** Null for a new password or device: what is sent goes to the number the account has. */
  readonly phone: string | null;
  readonly email: string | null;
  readonly phoneConfirmedAt: Date | null;
  readonly heldConfirmedAt: Date | null;
  readonly emailConfirmedAt: Date | null;
  readonly codes: Readonly<Partial<Record<ContactChannel, SentCode>>>;
  readonly done: StepsDone;
  readonly identity: DeclaredIdentity | null;
  readonly organisation: DeclaredOrganisationRow | null;
  readonly termsVersion: string | null;
  readonly passwordHash: string | null;
  readonly match: MatchEvidence | null;
  readonly chip: ChipEvidence | null;
  readonly face: FaceEvidence | null;
  readonly biometrics: BiometricEvidence | null;
  readonly form: SignedForm | null;
  readonly problems: readonly ReasonRow[];
  readonly signs: readonly string[];
  readonly reasons: readonly ReasonRow[];
  readonly deviceName: string | null;
  readonly device: string | null;
  readonly source: string | null;
  readonly startedAt: Date;
  readonly expiresAt: Date;
  readonly receivedAt: Date | null;
  readonly dueAt: Date | null;
  readonly lateToldAt: Date | null;
  readonly decidedAt: Date | null;
  /** When an approved change takes effect; null of an account. */
  readonly effectiveAt: Date | null;
  readonly readyToldAt: Date | null;
  readonly activateBy: Date | null;
  readonly activatedAt: Date | null;
  readonly subject: string | null;
}

/** When each step was done, RFC 3339 in UTC. */
export type StepsDone = Readonly<Partial<Record<RegistrationStep, string>>>;

/** What one write changes of a registration besides its version. */
export type RegistrationPatch = Partial<
  Omit<Registration, 'id' | 'code' | 'version' | 'purpose' | 'kind' | 'channel' | 'openedBy' | 'startedAt'>
>;
