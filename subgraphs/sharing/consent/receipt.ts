import type { BilingualText, ShareItem } from './asked.ts';
import type { ConfirmationMethod, NewConsent, PartyRow } from './share-row.ts';
import { rights } from './shown-text.ts';

/** Signs a payload as a compact JWS (RFC 7515) under the `typ` of its header. */
export type SignJws = (payload: Readonly<Record<string, unknown>>, typ: string) => Promise<string>;

/** The `typ` of a consent receipt. */
export const RECEIPT_TYPE = 'consent-receipt+jwt';

/** What a receipt tells of. */
export interface ReceiptParts {
  readonly consent: Omit<NewConsent, 'receipt'>;
  readonly party: PartyRow;
  readonly purpose: { readonly code: string; readonly label: BilingualText; readonly legalBasis: string };
  /** The person as this relying party knows them: pairwise, no name and no number. */
  readonly principal: string;
  readonly method: ConfirmationMethod;
  /** The public origin of the gateway. */
  readonly issuer: string;
  readonly now: Date;
}

/**
 * A receipt for both sides, with the fields of ISO/IEC TS 27560:2023 by their names there: header, processing, parties, events.
 * It names fields and never a value, and the person by the relying party's own pairwise identifier.
 */
export function composeReceipt(parts: ReceiptParts): Readonly<Record<string, unknown>> {
  const { consent, issuer, now, party } = parts;
  return {
    iss: issuer,
    aud: party.id,
    sub: parts.principal,
    jti: consent.id,
    iat: Math.floor(now.getTime() / 1000),
    exp: Math.ceil(consent.endsAt.getTime() / 1000),
    receipt_id: consent.id,
    schema_version: 'ISO/IEC TS 27560:2023',
    record_id: consent.id,
    pii_principal_id: parts.principal,
    pii_processing: processingOf(parts),
    party_identification: partiesOf(parts),
    events: [
      {
        event_time: now.toISOString(),
        event_type: 'explicit',
        event_state: 'consent-given',
        validity_duration: consent.endsAt.toISOString(),
        entity_id: consent.relationId === null ? 'principal' : 'guardian',
        method: parts.method,
        ...(consent.relationId === null ? {} : { ward_agreed: consent.wardAgreed }),
      },
    ],
  };
}

function processingOf({ consent, party, purpose, issuer }: ReceiptParts): Readonly<Record<string, unknown>> {
  const { granted } = consent;
  return {
    privacy_notice: { hash: consent.textHash, hash_alg: 'sha-256' },
    language: ['vi', 'en'],
    purposes: [
      {
        purpose: purpose.label,
        purpose_type: purpose.code,
        purpose_description: granted.purposeText,
        lawful_basis: 'consent',
        lawful_basis_reference: purpose.legalBasis,
        pii_information: granted.items.map(piiOf),
        pii_controllers: [party.id],
        collection_method: 'query by the person’s consent, at the registries of the state',
        processing_method: granted.fetch === 'ONCE' ? 'once' : 'standing',
        frequency: granted.frequency,
        query_hash: granted.hash,
        storage_locations: null,
        retention_period: `P${granted.retentionDays}D`,
        recipient_third_parties: [],
        withdrawal_method: `${issuer}/#/consents/${consent.id}`,
        privacy_rights: rights,
        refusal_means: granted.refusalMeans,
      },
    ],
  };
}

function piiOf({
  id,
  claim,
  fields,
  label,
  sensitive,
  voluntary,
}: ShareItem): Readonly<Record<string, unknown>> {
  return {
    pii_type: claim,
    pii_attribute_id: id,
    pii_attributes: fields,
    pii_label: label,
    pii_optional: voluntary,
    sensitive_pii_category: sensitive,
  };
}

function partiesOf({ party, issuer }: ReceiptParts): readonly Readonly<Record<string, unknown>>[] {
  return [
    {
      party_id: party.id,
      party_role: 'pii-controller',
      party_type: party.sector,
      party_name: party.legalName,
      party_tax_code: party.taxCode,
      party_url: `https://${party.domain}/`,
      party_contact: party.dataContact,
    },
    { party_id: issuer, party_role: 'consent-manager', party_name: 'Dinhdanh', party_url: issuer },
  ];
}
