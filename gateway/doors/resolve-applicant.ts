import { AppError } from '@dinhdanh/kit';
import type { SubjectIdentifiers } from '@dinhdanh/kit';
import { askDoor } from './ask-door.ts';
import type { LookUpRooms } from './ask-door.ts';

/**
 * Looks up, once a query and never remembered, what somebody who registers declares to be known by. Null where there is
 * no registration of that id that is compared now.
 *
 * @throws AppError `SOURCE_UNAVAILABLE`, `SOURCE_INVALID` (source accounts)
 */
export async function resolveApplicant(
  registration: string,
  rooms: LookUpRooms,
): Promise<SubjectIdentifiers | null> {
  const json = await askDoor(
    {
      ...{
        service: 'accounts',
        path: '/resolve-caller',
        content: { applicant: registration },
        step: 'applicant',
      },
      ...{ purpose: 'resolve_applicant', legalBasis: 'Decree 69/2024/NĐ-CP, art. 10' },
    },
    rooms,
  );
  if (json['actor'] === null) return null;
  const { kind, id } = (json['actor'] ?? {}) as { readonly kind?: unknown; readonly id?: unknown };
  const ids = json['ids'];
  if (kind !== 'applicant' || id !== registration || !isDeclared(ids))
    throw new AppError('SOURCE_INVALID', { source: 'accounts', internal: 'applicant' });
  return ids;
}

/** As the access log writes numbers down; none is declared where a passport alone is. */
const NUMBER = /^(?:[0-9]{12})?$/;

function isDeclared(ids: unknown): ids is SubjectIdentifiers {
  const { kind, personalNumber, matchName, dateOfBirth, passports, cancelledNumbers } = (ids ??
    {}) as Partial<Record<keyof SubjectIdentifiers, unknown>>;
  return (
    (kind === 'CITIZEN' || kind === 'FOREIGN_RESIDENT') &&
    typeof personalNumber === 'string' &&
    NUMBER.test(personalNumber) &&
    (kind === 'FOREIGN_RESIDENT' || personalNumber !== '') &&
    typeof matchName === 'string' &&
    typeof dateOfBirth === 'string' &&
    Array.isArray(passports) &&
    Array.isArray(cancelledNumbers)
  );
}
