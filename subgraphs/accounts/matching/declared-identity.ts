/** What a citizen declares of themself, in the schema's names; what is left out is not compared. */
export interface DeclaredCitizen {
  readonly personalNumber: string;
  readonly fullName: string;
  /** As in the machine-readable zone of the card, without the fillers at its end. */
  readonly mrzName?: string;
  /** `1950`, `1950-03` or `1950-03-02`. */
  readonly dateOfBirth: string;
  readonly sex: 'MALE' | 'FEMALE' | 'UNSPECIFIED';
  /** ISO 3166-1 alpha-3. */
  readonly nationality?: readonly string[];
  readonly permanentResidence?: string;
  readonly currentResidence?: string;
  readonly oldIdNumber?: string;
  /** The day of issue that stands on the card at hand, `YYYY-MM-DD`. */
  readonly cardIssueDate?: string;
}

/** What a foreigner declares of themself; the passport finds the file where there is no number. */
export interface DeclaredForeignResident {
  readonly personalNumber?: string;
  readonly passportNumber?: string;
  readonly passportIssuer?: string;
  readonly fullName: string;
  readonly mrzName?: string;
  readonly dateOfBirth: string;
  readonly sex: 'MALE' | 'FEMALE' | 'UNSPECIFIED';
  readonly nationality: readonly string[];
}

/** A declaration, and with it which registry is asked. */
export type DeclaredIdentity =
  | { readonly kind: 'CITIZEN'; readonly declared: DeclaredCitizen }
  | { readonly kind: 'FOREIGN_RESIDENT'; readonly declared: DeclaredForeignResident };
