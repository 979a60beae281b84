/** What is switched on in a gateway, each with all that stands before it. */
export const variants = ['nothing', 'guarded', 'logged', 'traced'] as const;

/** One of them. */
export type Variant = (typeof variants)[number];

/** What a gateway of the bench is started with. */
export interface GatewayOrder {
  readonly variant: Variant;
  /** `http://host:port` of each service. */
  readonly services: Readonly<Record<string, string>>;
  /** Where the keys are. */
  readonly dataFolder: string;
  readonly collector: string;
}

/** What a gateway tells of itself when it is asked. */
export interface GatewayState {
  readonly cpuMicros: number;
}

/** The profile: something of every registry, as the first screen of an app would show it. */
export const PROFILE = `query Profile { person {
  __typename personalNumber fullName dateOfBirth sex nationality
  permanentResidence { text }
  identityCard { cardNumber documentType issueDate expiryDate cardStatus }
  passports { number issueDate expiryDate }
  drivingLicences { number status issueDate classes { class scheme expiryDate } points { group value } }
  vehicles { plate type brand model year inspection { validTo } }
  socialInsurance { number status totalMonths }
  healthInsurance { number benefitLevel validFrom validTo }
} }`;
