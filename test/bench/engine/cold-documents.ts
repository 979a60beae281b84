/** Profiles of which no two ask for the same fields, so that none can be planned by having planned another. */
import type { BenchRequest } from './dataset.ts';
import { drawFrom } from './draw.ts';
import { subjects } from './profile-data.ts';

/** How many there are: more than a gateway can plan in the time of a round. */
const DOCUMENTS = 3_000;

/** What may be asked for, by the field it is under; the empty name is the person itself. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  '': ['personalNumber', 'fullName', 'dateOfBirth', 'sex', 'nationality'],
  permanentResidence: ['text', 'asOf', 'legacyText'],
  identityCard: ['cardNumber', 'documentType', 'issueDate', 'expiryDate', 'cardStatus'],
  passports: ['number', 'issueDate', 'expiryDate', 'type'],
  drivingLicences: ['number', 'status', 'issueDate', 'issuingAuthority', 'points { group value }'],
  vehicles: ['plate', 'type', 'brand', 'model', 'year', 'colour', 'seats', 'inspection { validTo }'],
  socialInsurance: ['number', 'status', 'totalMonths'],
  healthInsurance: ['number', 'benefitLevel', 'validFrom', 'validTo'],
};

/** The documents, each for one person or another. */
export function coldRequests(): readonly BenchRequest[] {
  const { below } = drawFrom(7);
  const asked = subjects().slice(0, 100);
  const documents = new Set<string>();
  while (documents.size < DOCUMENTS) {
    documents.add(
      `{ person { ${Object.entries(CHOICES)
        .map(([field, leaves]) => {
          // At least one of each, so that every document goes to every registry.
          const sure = below(leaves.length);
          const chosen = leaves.filter((_, index) => index === sure || below(2) === 0).join(' ');
          return field === '' ? chosen : `${field} { ${chosen} }`;
        })
        .join(' ')} } }`,
    );
  }
  return [...documents].map((query, index) => ({ query, subject: asked[index % asked.length] ?? '' }));
}
