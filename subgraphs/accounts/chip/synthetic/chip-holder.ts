/** Whom a synthetic card is made for, and what it says. Dates are `YYYY-MM-DD`. */
export interface ChipHolder {
  readonly personalNumber: string;
  readonly fullName: string;
  readonly dateOfBirth: string;
  readonly sex: 'MALE' | 'FEMALE';
  readonly ethnicity: string | null;
  readonly religion: string | null;
  readonly placeOfOrigin: string | null;
  readonly permanentResidence: string | null;
  readonly identifyingFeatures: string | null;
  readonly issueDate: string;
  readonly expiryDate: string | null;
  readonly relatives: readonly string[];
  readonly oldIdNumber: string | null;
}

/** The picture on the chip: JPEG or JPEG 2000, with its size in pixels. */
export interface ChipPortrait {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}
