import type { DeclaredIdentity as Declaration } from '../matching/declared-identity.ts';
import { matchIdentity } from '../matching/match-identity.ts';
import type { MatchRoom } from '../matching/match-identity.ts';
import type { MatchIdentity, MatchQuestion } from './ports.ts';

/**
 * Whether a declaration is a foreigner's, whom immigration knows: by kind, and of children and wards by nationality. As
 * the gateway is told of the registration.
 */
export function isForeign(kind: string, nationality: string): boolean {
  return kind === 'FOREIGN_RESIDENT' || nationality !== 'VNM';
}

/** Has declarations compared by the registries, through the gateway; `ending` breaks off what is under way. */
export function openMatchPort(room: MatchRoom, ending: AbortSignal): MatchIdentity {
  return async (question, { registrationId, database }) => {
    const declaration = database === 'population' ? citizenOf(question) : foreignerOf(question);
    const { level, differing } = await matchIdentity(room, registrationId, declaration, ending);
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
