import { everyFieldOf } from '../operations/select-everything.ts';

/** Fields of a person that an app shows together, by the section. */
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  family: ['father', 'mother', 'spouse', 'children', 'legalRepresentative', 'represented'],
  household: ['householdHead', 'householdMembers', 'relationToHead', 'residenceFileNumber'],
  places: ['placeOfBirth', 'birthRegistrationPlace', 'placeOfOrigin', 'permanentResidence'],
  residence: ['temporaryResidence', 'currentResidence', 'temporaryAbsence'],
  documents: ['identityCard', 'eIdentity'],
  travel: ['passports', 'visas', 'entries', 'exits'],
  licences: ['drivingLicences'],
  vehicles: ['vehicles', 'retainedPlates'],
  insurance: ['socialInsurance', 'healthInsurance'],
};

/** The section of all fields that stand in no other. */
const REST = 'identity';

/** The name of the request that asks for all at once. */
export const WHOLE = 'everything at once';

/**
 * A citizen's whole profile as requests, by name: section by section with every field of it, and {@link WHOLE}: every
 * field but the source lines, which the limits on one request leave no room for.
 */
export function profileRequests(): ReadonlyMap<string, string> {
  const fields = everyFieldOf('Citizen');
  const placed = new Set(Object.values(SECTIONS).flat());
  const rest = [...fields.keys()].filter((name) => !placed.has(name));
  const requests = new Map<string, string>();
  for (const [section, names] of Object.entries({ [REST]: rest, ...SECTIONS })) {
    requests.set(
      section,
      `{ person { ${names.map((name) => fields.get(name) ?? missing(name)).join(' ')} } }`,
    );
  }
  const everything = [...fields]
    .filter(([name]) => name !== 'source')
    .map(([, selection]) => selection.replace('... on Citizen {', '').replace(/\}$/, ''))
    .join(' ')
    .replaceAll(/\bsource \{[^}]*\}/g, '');
  requests.set(WHOLE, `{ person { ... on Citizen { ${everything} } } }`);
  return requests;
}

function missing(name: string): never {
  throw new TypeError(`there is no field ${name} of a citizen`);
}
