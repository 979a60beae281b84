import type { MatchIdentity, MatchQuestion } from '../registration/ports.ts';
import type { Declaration } from './declaration.ts';
import { matchIdentity } from './match-identity.ts';
import type { MatchRoom } from './match-identity.ts';

/**
 * Whether a declaration is a foreigner's, whom immigration knows: by kind, and of children and wards by nationality.
 * As {@link findApplicant} tells the gateway.
 */
export function isForeign(kind: string, nationality: string): boolean {
  return kind === 'FOREIGN_RESIDENT' || nationality !== 'VNM';
}

/** Opens the way by which registrations have declarations compared; `ending` breaks off what is under way. */
export function openMatching(room: MatchRoom, ending: AbortSignal): MatchIdentity {
  return async (question, { registrationId, database }) => {
    const identity = database === 'population' ? citizenOf(question) : foreignerOf(question);
    const { level, differing } = await matchIdentity(room, registrationId, identity, ending);
    return { level, differing };
  };
}

function citizenOf({ personalNumber, identity }: MatchQuestion): Declaration {
  const { fullName, dateOfBirth, sex, nationality } = identity;
  const { permanentResidence, currentAddress, oldIdNumber, issueDate } = identity;
  return {
    kind: 'CITIZEN',
    declared: {
      ...{ personalNumber: personalNumber ?? '', fullName, dateOfBirth, sex, nationality: [nationality] },
      ...(permanentResidence === null ? {} : { permanentResidence }),
      ...(currentAddress === null ? {} : { currentResidence: currentAddress }),
      ...(oldIdNumber === null ? {} : { oldIdNumber }),
      ...(issueDate === null ? {} : { cardIssueDate: issueDate }),
    },
  };
}

function foreignerOf({ personalNumber, passport, passportCountry, identity }: MatchQuestion): Declaration {
  const { fullName, dateOfBirth, sex, nationality } = identity;
  return {
    kind: 'FOREIGN_RESIDENT',
    declared: {
      ...{ fullName, dateOfBirth, sex, nationality: [nationality] },
      ...(personalNumber === null ? {} : { personalNumber }),
      ...(passport === null ? {} : { passportNumber: passport }),
      ...(passportCountry === null ? {} : { passportIssuer: passportCountry }),
    },
  };
}
