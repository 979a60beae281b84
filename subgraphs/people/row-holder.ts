import type { Resident } from './household.ts';
import { nameAsStored } from './names.ts';
import type { Stream } from './prng.ts';
import type { RowHolder } from './records.ts';

/**
 * The identifiers on a row outside population. `old` rows (before 2016) know the 9-digit number alone; a row made
 * before a correction keeps the number that was cancelled.
 */
export function rowHolder(stream: Stream, person: Resident, old: boolean, name = nameAsStored): RowHolder {
  const byOldNumber = old && person.oldIdNumber !== null;
  return {
    personalNumber: byOldNumber ? null : (person.cancelledNumber ?? person.personalNumber),
    oldIdNumber: byOldNumber ? person.oldIdNumber : null,
    passportNumber: null,
    fullName: name(stream, person.fullName),
    dateOfBirth: person.dateOfBirth,
  };
}
