import type { Relation, Sex, Verified } from './basic-records.ts';

/** How a member stands to the head of the household. */
export type HouseholdRelation =
  | 'HEAD'
  | 'SPOUSE'
  | 'CHILD'
  | 'PARENT'
  | 'SIBLING'
  | 'GRANDPARENT'
  | 'GRANDCHILD'
  | 'OTHER';

/** Marital status. */
export type MaritalStatus = 'SINGLE' | 'MARRIED' | 'DIVORCED' | 'WIDOWED';

/** Blood group. */
export type BloodGroup = `${'A' | 'B' | 'AB' | 'O'}_${'POSITIVE' | 'NEGATIVE'}`;

/** An address; `tier` THREE means written by the division of the country before July 2025. */
export interface Address {
  readonly text: string;
  readonly provinceCode: string | null;
  readonly provinceName: string | null;
  readonly communeCode: string | null;
  readonly communeName: string | null;
  readonly detail: string | null;
  readonly legacyText: string | null;
  readonly asOf: string | null;
  readonly tier: 'TWO' | 'THREE';
}

/** Another person as the record names them; the number is stored, never answered. */
export interface RelatedPerson {
  readonly fullName: string;
  readonly relation: Relation;
  readonly personalNumber: string | null;
}

/** A member of the household; the number is stored, never answered. */
export interface HouseholdMember {
  readonly fullName: string;
  readonly relationToHead: HouseholdRelation;
  readonly personalNumber: string | null;
}

/** Result of the last reading of a card's chip. */
export interface ChipCheck {
  readonly passiveAuthentication: CheckResult;
  readonly chipAuthentication: CheckResult;
  readonly faceMatch: CheckResult;
  readonly checkedAt: string | null;
}

/** Outcome of one check. */
export type CheckResult = 'PASSED' | 'FAILED' | 'NOT_DONE';

/** A row of the identity card database. The portrait is not stored: it is drawn from `portraitSeed` by `portrait()`. */
export interface IdentityCardRecord {
  readonly ref: string;
  readonly documentType: 'CMND' | 'CCCD_BARCODE' | 'CCCD_CHIP' | 'CAN_CUOC' | 'CERTIFICATE';
  readonly cardNumber: string;
  readonly issueDate: string;
  readonly expiryDate: string | null;
  readonly issuePlace: string;
  readonly cardStatus: 'VALID' | 'EXPIRED' | 'WITHDRAWN' | 'HELD' | 'LOST';
  readonly identifyingFeatures: string | null;
  readonly portraitSeed: string;
  readonly fingerprintEnrolled: boolean;
  readonly irisEnrolled: boolean;
  readonly chipVerification: ChipCheck | null;
}

/** The electronic identity as population holds it. */
export interface ElectronicIdentityRecord {
  readonly status: 'NONE' | 'ACTIVE' | 'LOCKED';
  readonly lockReason:
    | 'OWNER_REQUEST'
    | 'TERMS_BREACH'
    | 'CARD_WITHDRAWN'
    | 'DEATH'
    | 'AUTHORITY_REQUEST'
    | null;
  readonly lockedAt: string | null;
  readonly level: 1 | 2 | null;
}

/** A citizen in the national population database, with the card that goes with it. */
export interface PopulationRecord extends Verified {
  readonly personalNumber: string;
  readonly previousNumbers: readonly string[];
  readonly oldIdNumber: string | null;
  readonly fullName: string;
  readonly otherName: string | null;
  readonly dateOfBirth: string;
  readonly sex: Sex;
  readonly nationality: readonly string[];
  readonly placeOfBirth: Address | null;
  readonly birthRegistrationPlace: Address | null;
  readonly placeOfOrigin: Address | null;
  readonly ethnicity: string;
  readonly religion: string;
  readonly bloodGroup: BloodGroup | null;
  readonly permanentResidence: Address | null;
  readonly temporaryResidence: (Address & { readonly validTo: string }) | null;
  readonly currentResidence: Address | null;
  readonly temporaryAbsence: {
    readonly from: string;
    readonly to: string | null;
    readonly destination: string;
    readonly reason: string;
  } | null;
  readonly residenceFileNumber: string | null;
  readonly maritalStatus: MaritalStatus;
  readonly father: RelatedPerson | null;
  readonly mother: RelatedPerson | null;
  readonly spouse: RelatedPerson | null;
  readonly children: readonly RelatedPerson[];
  readonly legalRepresentative: RelatedPerson | null;
  readonly represented: readonly RelatedPerson[];
  readonly householdHead: HouseholdMember | null;
  readonly relationToHead: HouseholdRelation | null;
  readonly householdMembers: readonly HouseholdMember[];
  readonly deathDate: string | null;
  readonly missingDate: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly occupation: string | null;
  readonly eIdentity: ElectronicIdentityRecord;
  readonly status: 'ACTIVE' | 'MISSING' | 'DECEASED' | 'UNDER_CORRECTION';
  readonly identityCard: IdentityCardRecord | null;
}
