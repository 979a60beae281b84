import { entityRequest } from './floor-join.ts';
import type { Join } from './floor-join.ts';

const PERSON = JSON.stringify({ query: '{person{__typename subject}}' });
const IDENTITY =
  'personalNumber fullName dateOfBirth sex nationality permanentResidence{text} identityCard{cardNumber documentType issueDate expiryDate cardStatus}';
const PASSPORTS = 'passports{number issueDate expiryDate}';
const citizenIdentity = entityRequest(`...on Citizen{${IDENTITY}}`);
const citizenPassports = entityRequest(`...on Citizen{${PASSPORTS}}`);
const foreigner = entityRequest(`...on ForeignResident{${IDENTITY} ${PASSPORTS}}`);
const licences = entityRequest(
  '...on Person{drivingLicences{number status issueDate classes{class scheme expiryDate} points{group value}}}',
);
const vehicles = entityRequest('...on Person{vehicles{plate type brand model year inspection{validTo}}}');
const insurance = entityRequest(
  '...on Person{socialInsurance{number status totalMonths} healthInsurance{number benefitLevel validFrom validTo}}',
);

/** The profile: who it is for, then all registries at once. */
export const joinProfile: Join = async (ask) => {
  const { person } = await ask('caller', PERSON);
  if (person === null) return { person };
  const key = JSON.stringify(person.subject);
  const own = `{"__typename":"${person.__typename}","subject":${key}}`;
  const anyone = `{"__typename":"Person","subject":${key}}`;
  const isCitizen = person.__typename === 'Citizen';
  const [identity, border, driving, road, insured] = await Promise.all([
    isCitizen ? ask('population', citizenIdentity(own)) : null,
    ask('immigration', isCitizen ? citizenPassports(own) : foreigner(own)),
    ask('driving-licences', licences(anyone)),
    ask('vehicles', vehicles(anyone)),
    ask('social-insurance', insurance(anyone)),
  ]);
  const [foreign] = border._entities;
  const known = identity === null ? foreign : identity._entities[0];
  return {
    person: {
      __typename: person.__typename,
      personalNumber: known.personalNumber,
      fullName: known.fullName,
      dateOfBirth: known.dateOfBirth,
      sex: known.sex,
      nationality: known.nationality,
      permanentResidence: known.permanentResidence,
      identityCard: known.identityCard,
      passports: foreign.passports,
      drivingLicences: driving._entities[0].drivingLicences,
      vehicles: road._entities[0].vehicles,
      socialInsurance: insured._entities[0].socialInsurance,
      healthInsurance: insured._entities[0].healthInsurance,
    },
  };
};
