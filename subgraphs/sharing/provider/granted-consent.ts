/** A consent as the authorization server carries it out. */
export interface GrantedConsent {
  readonly id: string;
  readonly partyId: string;
  readonly partyState: 'SANDBOX' | 'APPROVED' | 'SUSPENDED' | 'REFUSED';
  readonly grantor: string;
  readonly subject: string;
  readonly state: 'ACTIVE' | 'PAUSED' | 'STOPPED' | 'REVOKED' | 'EXPIRED';
  readonly granted: Granted;
  readonly purpose: string;
  readonly retentionDays: number;
  readonly fetch: 'ONCE' | 'STANDING';
  readonly frequency: Frequency | null;
  readonly grantedAt: Date;
  readonly endsAt: Date;
  /** Compact JWS. */
  readonly receipt: string;
  readonly grantId: string | null;
}

/** What was granted: the pruned selection. */
export interface Granted {
  readonly document: string;
  readonly hash: string;
  readonly items: readonly {
    readonly id: string;
    readonly claim: string | null;
    readonly fields: readonly string[];
  }[];
}

/** So many times in a period, an ISO 8601 duration of days, hours or minutes. */
export interface Frequency {
  readonly times: number;
  readonly per: string;
}
