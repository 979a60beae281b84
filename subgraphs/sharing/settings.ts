/** What sharing is told besides what every service is: handed over by whoever starts it. */
export interface SharingSettings {
  /** Where the gateway is asked for the registries' changes, once it is known. */
  readonly gatewayUrl: () => string | null;
  /** The gateway's origin as browsers know it, once it is known: the issuer, and where browsers are sent. */
  readonly publicUrl: () => string | null;
  /** The key under which the gateway knows this service as a system caller; null follows no registry. */
  readonly systemKey: Buffer | null;
  /** Seed of the signing keys of tokens and receipts, 32 bytes. */
  readonly signingKey: Buffer;
  /** Key of the pairwise subject identifiers (OpenID Connect Core §8.1), 32 bytes. */
  readonly pairwiseKey: Buffer;
  /** Key of the authorization server's cookies, 32 bytes. */
  readonly cookieKey: Buffer;
  /** Key of DPoP nonces (RFC 9449 §8), 32 bytes. */
  readonly nonceKey: Buffer;
  /** How long one key signs, in seconds; published as long before and after (not below 600). */
  readonly keyPeriodSeconds: number;
  /** Whether keys may be fetched from and answers sent to this machine in plain HTTP: for demonstrations and tests alone. */
  readonly allowLoopback: boolean;
  /** Limits against consent fatigue: requests a person can take in an hour. */
  readonly claimsPerHour: number;
  /** Requests of one relying party that a person can have open at once. */
  readonly openPerParty: number;
  /** So many refusals of one relying party within a day rest it for that person. */
  readonly declinesPerDay: number;
  /** The pause between two looks at changes of accounts and population, in seconds. */
  readonly pollSeconds: number;
  /** Relying parties of the demonstration, kept as given at every start; synthetic businesses. */
  readonly demoParties: readonly DemoParty[];
}

/** A synthetic relying party whose desk people can try. */
export interface DemoParty {
  readonly clientId: string;
  /** As accounts keeps it; `representative` is a subject. */
  readonly organisation: {
    readonly id: string;
    readonly legalName: string;
    readonly taxCode: string;
    readonly sector: string;
    readonly representative: string | null;
  };
  readonly displayName: string;
  readonly domain: string;
  readonly dataContact: string;
  /** Its one purpose, with all claims of the catalogue. */
  readonly purpose: { readonly code: string; readonly retentionDays: number; readonly standing: boolean };
  readonly redirectUris: readonly string[];
  /** Public keys, a JSON Web Key Set. */
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] };
}
