import type { RowHolder, Verified } from './basic-records.ts';

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
