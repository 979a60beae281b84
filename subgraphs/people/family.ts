import { representativeOf } from './account.ts';
import { yearOf } from './calendar.ts';
import type { Household, Resident } from './household.ts';
import type { Role } from './household-shape.ts';
import { fullName, surname } from './names.ts';
import type { Stream } from './prng.ts';
import type {
  HouseholdMember,
  HouseholdRelation,
  MaritalStatus,
  PopulationRecord,
  RelatedPerson,
} from './records.ts';

const RELATION_TO_HEAD: Readonly<Record<Role, HouseholdRelation>> = {
  H: 'HEAD',
  S: 'SPOUSE',
  C: 'CHILD',
  P: 'PARENT',
  B: 'SIBLING',
};

/** How this member stands to the head. */
export function relationToHead({ role }: Resident): HouseholdRelation {
  return RELATION_TO_HEAD[role];
}

/** The members of a household as each of their records lists them, head first. */
export function memberList(home: Household): HouseholdMember[] {
  return home.members.map((member) => ({
    fullName: member.fullName,
    relationToHead: RELATION_TO_HEAD[member.role],
    personalNumber: member.personalNumber,
  }));
}

function related(person: Resident, relation: RelatedPerson['relation']): RelatedPerson {
  return { fullName: person.fullName, relation, personalNumber: person.personalNumber };
}

function absentParent(stream: Stream, home: Household, person: Resident, male: boolean): RelatedPerson {
  const family = male
    ? (person.fullName.split(' ')[0] as string)
    : surname(stream, home.province.region, person.ethnicity) || (person.fullName.split(' ')[0] as string);
  const birthYear = yearOf(person.birth) - stream.between(21, 38);
  return {
    fullName: fullName(stream, family, { male, birthYear, ethnicity: person.ethnicity }),
    relation: male ? 'FATHER' : 'MOTHER',
    personalNumber: null,
  };
}

function parentAtHome(home: Household, person: Resident, male: boolean): Resident | undefined {
  if (person.role === 'C')
    return home.members.find(({ role, male: m }) => (role === 'H' || role === 'S') && m === male);
  if (person.role === 'H' || person.role === 'B')
    return home.members.find(({ role, male: m }) => role === 'P' && m === male);
  return undefined;
}

function childrenOf(home: Household, { role }: Resident): RelatedPerson[] {
  if (role === 'H' || role === 'S')
    return home.members.filter((member) => member.role === 'C').map((child) => related(child, 'CHILD'));
  if (role === 'P')
    return home.members
      .filter((member) => member.role === 'H' || member.role === 'B')
      .map((child) => related(child, 'CHILD'));
  return [];
}

function spouseOf(home: Household, person: Resident): RelatedPerson | null {
  const { role } = person;
  if (role === 'H' || role === 'S') {
    const other = home.members.find(
      (member) => member !== person && (member.role === 'H' || member.role === 'S'),
    );
    return other === undefined ? null : related(other, 'SPOUSE');
  }
  if (role !== 'P') return null;
  const other = home.members.find((member) => member !== person && member.role === 'P');
  return other === undefined ? null : related(other, 'SPOUSE');
}

function maritalStatus(stream: Stream, person: Resident, married: boolean): MaritalStatus {
  const draw = stream.unit();
  if (married) return 'MARRIED';
  if (person.role === 'P') return draw < 0.85 ? 'WIDOWED' : 'DIVORCED';
  if (person.age < 26 || person.role === 'C' || person.role === 'B') return 'SINGLE';
  if (person.age >= 60) return draw < 0.75 ? 'WIDOWED' : 'SINGLE';
  return draw < 0.3 ? 'DIVORCED' : draw < 0.4 ? 'WIDOWED' : 'SINGLE';
}

type Family = Pick<
  PopulationRecord,
  'father' | 'mother' | 'spouse' | 'children' | 'legalRepresentative' | 'represented' | 'maritalStatus'
>;

/** Parents, spouse, children and representation of one member; parents who live elsewhere have a name only. */
export function familyOf(stream: Stream, home: Household, person: Resident): Family {
  const spouse = spouseOf(home, person);
  const father = parentAtHome(home, person, true);
  const mother = parentAtHome(home, person, false);
  const unknownFather = father === undefined && person.role === 'C' && stream.chance(0.4);
  const representative = representativeOf(home);
  const minors =
    person === representative ? home.members.filter(({ role, age }) => role === 'C' && age < 18) : [];
  return {
    father: father
      ? related(father, 'FATHER')
      : unknownFather
        ? null
        : absentParent(stream, home, person, true),
    mother: mother ? related(mother, 'MOTHER') : absentParent(stream, home, person, false),
    spouse,
    children: childrenOf(home, person),
    legalRepresentative:
      person.role === 'C' && person.age < 18 ? related(representative, 'LEGAL_REPRESENTATIVE') : null,
    represented: minors.map((child) => related(child, 'REPRESENTED')),
    maritalStatus: maritalStatus(stream, person, spouse !== null),
  };
}
