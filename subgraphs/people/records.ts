// One record type per registry, in the field names and enum values of the schema. Dates are ISO text
// (`2026-11-21`), partial dates may be shorter (`1950`), instants are UTC (`2026-11-21T03:00:00Z`), money is whole đồng.

/** How sure the registry was when it stored the row; a match by an old number lowers it when the row is answered. */
export type Assurance = 'DECLARED' | 'MATCHED' | 'DOCUMENT' | 'CHIP' | 'BIOMETRIC';
/** Sex as recorded. */
export type Sex = 'MALE' | 'FEMALE' | 'UNSPECIFIED';
/** How another person stands to the record's person. */
export type Relation =
  | 'FATHER'
  | 'MOTHER'
  | 'SPOUSE'
  | 'CHILD'
  | 'GUARDIAN'
  | 'WARD'
  | 'LEGAL_REPRESENTATIVE'
  | 'REPRESENTED';
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

/** What every row carries for its `source`. */
export interface Verified {
  readonly verifiedAt: string;
  readonly assurance: Assurance;
}

/**
 * Whose row it is, in the identifiers that stand in that registry: old rows of licences and vehicles know a 9-digit
 * number, a name and a date of birth and nothing else. Never an opaque `subject`.
 */
export interface RowHolder {
  /** Personal number, or a foreigner's ID number; null on old rows. May be a number cancelled since. */
  readonly personalNumber: string | null;
  /** Number of the old 9-digit card. */
  readonly oldIdNumber: string | null;
  /** A foreigner's passport, where the row knows it. */
  readonly passportNumber: string | null;
  /** The name as this registry has it: at times without marks, in capitals or with another tone placement. */
  readonly fullName: string;
  /** PartialDate. */
  readonly dateOfBirth: string;
}

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

/** A passport row, Vietnamese or foreign. */
export interface PassportRecord {
  readonly ref: string;
  readonly number: string;
  readonly type: 'ORDINARY' | 'OFFICIAL' | 'DIPLOMATIC' | 'TRAVEL_DOCUMENT';
  readonly issueDate: string;
  readonly expiryDate: string;
  /** ISO 3166-1 alpha-3. */
  readonly issuer: string;
  readonly placeOfIssue: string;
  readonly chip: boolean;
}

/** A visa row. */
export interface VisaRecord {
  readonly code: string;
  readonly number: string;
  readonly entries: 'SINGLE' | 'MULTIPLE';
  readonly validFrom: string;
  readonly validTo: string;
  readonly sponsor: string | null;
}

/** A residence card row. */
export interface ResidenceCardRecord {
  readonly ref: string;
  readonly kind: 'TEMPORARY' | 'PERMANENT';
  readonly symbol: string | null;
  readonly number: string;
  readonly issueDate: string;
  readonly expiryDate: string;
  readonly address: string;
}

/** One entry or exit. */
export interface BorderCrossing {
  readonly date: string;
  readonly gate: string;
  readonly direction: 'ENTRY' | 'EXIT';
}

/** A person in the immigration database: a citizen who ever had a passport, or a foreigner. */
export interface ImmigrationRecord extends Verified {
  readonly kind: 'CITIZEN' | 'FOREIGN_RESIDENT';
  /** Personal number; a foreigner's ID number. */
  readonly personalNumber: string;
  readonly fullName: string;
  readonly dateOfBirth: string;
  readonly sex: Sex;
  readonly nationality: readonly string[];
  readonly passports: readonly PassportRecord[];
  readonly visas: readonly VisaRecord[];
  readonly residenceCard: ResidenceCardRecord | null;
  readonly temporaryStayCertifiedUntil: string | null;
  /** Latest first. */
  readonly entries: readonly BorderCrossing[];
  /** Latest first. */
  readonly exits: readonly BorderCrossing[];
  readonly entryBanned: boolean;
  readonly exitSuspended: boolean;
}

/** Groups of vehicles whose points are counted apart. */
export type VehicleGroup = 'MOTORCYCLE' | 'CAR';

/** One class of a licence. */
export interface LicenceClassRecord {
  readonly class: string;
  readonly scheme: 'PRE_2025' | 'LAW_2024';
  readonly passDate: string;
  readonly issueDate: string;
  readonly expiryDate: string | null;
}

/** A driving licence with everything that hangs on it. */
export interface DrivingLicenceRecord extends Verified {
  readonly ref: string;
  readonly holder: RowHolder;
  readonly number: string;
  readonly status: 'VALID' | 'EXPIRED' | 'NOT_VALID';
  readonly classes: readonly LicenceClassRecord[];
  readonly restrictions: readonly { readonly code: string; readonly text: string }[];
  readonly issuingAuthority: string;
  readonly issueDate: string;
  readonly points: readonly {
    readonly group: VehicleGroup;
    readonly value: number;
    readonly lastDeductionAt: string | null;
    readonly restoreAt: string | null;
  }[];
  /** Latest first. */
  readonly deductions: readonly {
    readonly date: string;
    readonly points: number;
    readonly group: VehicleGroup;
    readonly article: string;
    readonly decisionNo: string;
  }[];
  readonly heldOrSuspended: {
    readonly kind: 'SUSPENDED' | 'TEMP_HELD' | 'REVOKED' | 'ZERO_POINTS';
    readonly from: string;
    readonly until: string | null;
    readonly authority: string;
    readonly decisionNo: string;
  } | null;
}

/** Kind of plate. */
export type PlateKind = 'IDENTITY' | 'AUCTION' | 'LEGACY';
/** Colour of a plate. */
export type PlateColour = 'WHITE' | 'YELLOW' | 'BLUE' | 'RED';

/** A vehicle and the plate on it. */
export interface VehicleRecord extends Verified {
  readonly ref: string;
  readonly holder: RowHolder;
  readonly plate: string;
  readonly plateRecord: {
    readonly plate: string;
    readonly kind: PlateKind;
    readonly colour: PlateColour;
    readonly provinceCode: string;
    readonly attachedFrom: string;
    readonly attachedTo: string | null;
  };
  readonly registrationNumber: string;
  readonly issueDate: string;
  readonly place: string;
  readonly type: 'CAR' | 'BUS' | 'TRUCK' | 'TRAILER' | 'MOTORCYCLE' | 'MOPED' | 'OTHER';
  readonly brand: string;
  readonly model: string;
  readonly colour: string;
  readonly year: number;
  readonly seats: number;
  readonly fuel: 'PETROL' | 'DIESEL' | 'ELECTRIC' | 'HYBRID' | 'GAS' | 'OTHER';
  readonly chassisNumber: string;
  readonly engineNumber: string;
  readonly ownerKind: 'PERSON' | 'ORGANISATION' | 'TRANSPORT';
  readonly inspection: {
    readonly certificateNo: string;
    readonly centre: string;
    readonly date: string;
    readonly validTo: string;
    readonly result: 'PASSED' | 'FAILED';
  } | null;
  readonly mandatoryInsurance: {
    readonly insurer: string;
    readonly number: string;
    readonly validTo: string;
  } | null;
}

/** A plate its owner keeps without a vehicle, for five years. */
export interface RetainedPlateRecord extends Verified {
  readonly holder: RowHolder;
  readonly plate: string;
  readonly kind: PlateKind;
  readonly colour: PlateColour;
  readonly provinceCode: string;
  readonly retainedFrom: string;
  readonly retainedUntil: string;
}

/** Membership of social insurance. */
export interface SocialInsuranceRecord extends Verified {
  readonly ref: string;
  readonly holder: RowHolder;
  readonly number: string;
  readonly status: 'CONTRIBUTING' | 'RESERVED' | 'RECEIVING';
  readonly participationType: 'COMPULSORY' | 'VOLUNTARY';
  readonly totalMonths: number;
  readonly managingAgency: string;
  /** Latest first; months as `2019-03`. */
  readonly contributionPeriods: readonly {
    readonly from: string;
    readonly to: string | null;
    readonly employer: string;
    readonly workplace: string;
    readonly salaryBase: number;
  }[];
  /** Latest first. */
  readonly benefitsReceived: readonly {
    readonly kind:
      | 'SICKNESS'
      | 'MATERNITY'
      | 'OCCUPATIONAL'
      | 'RETIREMENT'
      | 'SURVIVOR'
      | 'UNEMPLOYMENT'
      | 'ONE_OFF';
    readonly from: string;
    readonly to: string | null;
    readonly amount: number;
  }[];
}

/** A health insurance card. */
export interface HealthInsuranceRecord extends Verified {
  readonly ref: string;
  readonly holder: RowHolder;
  readonly number: string;
  readonly code15: string;
  readonly object: string;
  readonly benefitLevel: number;
  readonly ratePercent: number;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly issueDate: string;
  readonly issuePlace: string;
  readonly registeredFacility: { readonly code: string; readonly name: string };
  readonly fiveYearContinuousFrom: string | null;
  /** Latest first. */
  readonly medicalVisits: readonly {
    readonly admittedOn: string;
    readonly dischargedOn: string | null;
    readonly facility: string;
    readonly reason: string;
    readonly amountPaid: number;
  }[];
}

/** Kinds of document an account links to. */
export type DocumentKind =
  | 'IDENTITY_CARD'
  | 'PASSPORT'
  | 'RESIDENCE_CARD'
  | 'DRIVING_LICENCE'
  | 'VEHICLE'
  | 'SOCIAL_INSURANCE'
  | 'HEALTH_INSURANCE';
/** Reasons an account can be locked for. */
export type LockReason =
  | 'OWNER_REQUEST'
  | 'LOST_DEVICE'
  | 'SUSPECTED_MISUSE'
  | 'TERMS_BREACH'
  | 'DOCUMENT_EXPIRED'
  | 'CARD_WITHDRAWN'
  | 'DEATH'
  | 'AUTHORITY_REQUEST';
/** Roles of members of staff. */
export type StaffRole = 'OFFICER' | 'REVIEWER' | 'OPERATOR' | 'AUDITOR';

/** The identifiers accounts verified for a person: what caller tokens carry as `ids`. */
export interface VerifiedIdentifiers {
  readonly kind: 'CITIZEN' | 'FOREIGN_RESIDENT';
  readonly personalNumber: string;
  readonly cancelledNumbers: readonly string[];
  readonly oldIdNumber: string | null;
  /** The name as population (foreigners: immigration) has it. */
  readonly fullName: string;
  /** `nameKey(fullName)`. */
  readonly matchName: string;
  readonly dateOfBirth: string;
  readonly passports: readonly string[];
}

/** An electronic identification account: the only record that knows the opaque `subject`. */
export interface AccountRecord {
  readonly subject: string;
  readonly kind: 'CITIZEN' | 'FOREIGN_RESIDENT' | 'STAFF';
  readonly staffRole: StaffRole | null;
  /** Personal number; a staff name for staff. */
  readonly username: string;
  readonly level: 1 | 2 | null;
  readonly status: 'PENDING_REVIEW' | 'APPROVED' | 'ACTIVE' | 'LOCKED' | 'CLOSED' | 'REJECTED';
  readonly lockReason: LockReason | null;
  readonly lockedAt: string | null;
  readonly approvedAt: string | null;
  readonly activatedAt: string | null;
  /** E.164. */
  readonly phone: string | null;
  readonly email: string | null;
  readonly boundDevice: { readonly model: string; readonly boundAt: string } | null;
  /** Null for staff. */
  readonly identifiers: VerifiedIdentifiers | null;
  /** Persons the owner acts for; each has an account record of its own. */
  readonly dependants: readonly {
    readonly id: string;
    readonly subject: string;
    readonly relation: Relation;
    readonly endsOn: string | null;
  }[];
  readonly linkedDocuments: readonly {
    readonly id: string;
    readonly kind: DocumentKind;
    readonly status: 'PENDING' | 'LINKED' | 'REJECTED' | 'REMOVED';
    readonly linkedAt: string | null;
    readonly ref: string;
  }[];
}

/** One person with the record each registry holds; what is not asked for is not computed. */
export interface SyntheticPerson {
  readonly index: number;
  readonly kind: 'CITIZEN' | 'FOREIGN_RESIDENT';
  readonly account: AccountRecord | undefined;
  readonly population: PopulationRecord | undefined;
  readonly immigration: ImmigrationRecord | undefined;
  readonly drivingLicences: readonly DrivingLicenceRecord[];
  readonly vehicles: readonly VehicleRecord[];
  readonly retainedPlates: readonly RetainedPlateRecord[];
  readonly socialInsurance: SocialInsuranceRecord | undefined;
  readonly healthInsurance: HealthInsuranceRecord | undefined;
}
