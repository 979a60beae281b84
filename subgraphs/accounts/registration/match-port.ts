import { AppError } from '@dinhdanh/kit';
import type { Declaration } from '../matching/declaration.ts';
import { matchIdentity } from '../matching/match-identity.ts';
import type { MatchRoom } from '../matching/match-identity.ts';
import type { MatchIdentity, MatchQuestion } from './ports.ts';

/** Somebody waits for the answer, and longer than this nobody does. */
const WAITED_MS = 20_000;

/** Asks the registries through the gateway, on behalf of the registration. */
export function openMatchPort(room: MatchRoom): MatchIdentity {
  return async (question, { registrationId, database }) => {
    const declared = database === 'population' ? citizenOf(question) : foreignerOf(question);
    const ending = AbortSignal.timeout(WAITED_MS);
    const { level, differing } = await matchIdentity(room, registrationId, declared, ending);
    return { level, differing: [...differing] };
  };
}

function citizenOf({ personalNumber, identity }: MatchQuestion): Declaration {
  if (personalNumber === null) throw new AppError('BAD_USER_INPUT', { field: 'personalNumber' });
  const { fullName, dateOfBirth, sex, permanentResidence, currentAddress, oldIdNumber, issueDate } = identity;
  return {
    kind: 'CITIZEN',
    declared: {
      ...{ personalNumber, fullName, dateOfBirth, sex },
      ...(permanentResidence === null ? {} : { permanentResidence }),
      ...(currentAddress === null ? {} : { currentResidence: currentAddress }),
      ...(oldIdNumber === null ? {} : { oldIdNumber }),
      ...(issueDate === null ? {} : { cardIssueDate: issueDate }),
    },
  };
}

function foreignerOf({ personalNumber, passport, passportCountry, identity }: MatchQuestion): Declaration {
  if (passport === null || passportCountry === null)
    throw new AppError('BAD_USER_INPUT', { field: 'passport' });
  const { fullName, dateOfBirth, sex, nationality } = identity;
  return {
    kind: 'FOREIGN_RESIDENT',
    declared: {
      ...{ fullName, dateOfBirth, sex, nationality: [nationality] },
      ...{ passportNumber: passport, passportIssuer: passportCountry },
      ...(personalNumber === null ? {} : { personalNumber }),
    },
  };
}
