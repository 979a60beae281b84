import type { ServiceName } from './service-names.ts';

/**
 * What a service hands its resolvers, for the generated types: `context` is the type of a resolver's third argument,
 * `models` the type of the object a resolver gets for a GraphQL type (a row of its store, say). Each is `file#Type`,
 * the file as seen from `subgraphs/<service>/generated/`, or a type written out. A GraphQL type without a model is
 * given whole, field by field.
 */
export interface ResolverModels {
  readonly context?: string;
  readonly models?: Readonly<Record<string, string>>;
}

/** The context of a service that names none: what the kit gives to every call. */
export const defaultContext = '@dinhdanh/kit#CallContext';

/** The models of every service: a person and an account are handed on by their hidden key alone. */
export const defaultModels: Readonly<Record<string, string>> = {
  Person: '{ readonly subject: string }',
  Citizen: '{ readonly subject: string }',
  ForeignResident: '{ readonly subject: string }',
  ServedCall: '@dinhdanh/kit#ToldServedCall',
};

/** What each service adds to {@link defaultContext} and {@link defaultModels}. */
export const resolverModels: Readonly<Partial<Record<ServiceName, ResolverModels>>> = {
  population: {
    context: '../resolvers.ts#Context',
    models: {
      Citizen: '../resolvers.ts#CitizenRow',
      IdentityCard: '../loaders.ts#OwnedCard',
      ChipCheck: '../resolvers.ts#ToldChipCheck',
      ElectronicIdentity: '../resolvers.ts#ToldElectronicIdentity',
      Place: '../store.ts#Address',
      Residence: '../resolvers.ts#ToldResidence',
      TemporaryResidence: '../resolvers.ts#ToldResidence',
      RelatedPerson: '../resolvers.ts#ToldRelative',
      HouseholdMember: '../resolvers.ts#ToldMember',
      PopulationChange: '@dinhdanh/kit#ToldChange',
      Source: '@dinhdanh/kit#ToldSource',
    },
  },
  sharing: {
    context: '../resolvers.ts#Context',
    models: {
      ShareRequest: '../citizen/decide-share.ts#DecidedShare',
      Consent: '../citizen/consent-row.ts#ConsentRow',
      RelyingParty: '../parties/store.ts#PartyRow',
      Account: '{ readonly subject: string }',
    },
  },
  immigration: {
    context: '../resolvers.ts#Context',
    models: {
      ForeignResident: '../resolvers.ts#ForeignerRow',
      Passport: '../resolvers.ts#PassportRow',
      Visa: '../resolvers.ts#VisaRow',
      ResidenceCard: '../resolvers.ts#ResidenceCardRow',
      BorderCrossing: '../resolvers.ts#ToldCrossing',
      ImmigrationChange: '@dinhdanh/kit#ToldChange',
      Source: '@dinhdanh/kit#ToldSource',
    },
  },
  'driving-licences': {
    context: '../resolvers.ts#Context',
    models: {
      DrivingLicence: '../resolvers.ts#LicenceRow',
      LicenceClass: '../store.ts#LicenceClass as ClassRow',
      LicenceRestriction: '../store.ts#LicenceRestriction as RestrictionRow',
      LicencePoints: '../store.ts#LicencePoints as PointsRow',
      PointsDeduction: '../resolvers.ts#ToldDeduction',
      LicenceHold: '../resolvers.ts#ToldHold',
      DrivingLicenceChange: '@dinhdanh/kit#ToldChange',
      Source: '@dinhdanh/kit#ToldSource',
    },
  },
  vehicles: {
    context: '../resolvers.ts#Context',
    models: {
      Vehicle: '../resolvers.ts#VehicleRow',
      Plate: '../resolvers.ts#ToldPlate',
      RetainedPlate: '../resolvers.ts#PlateRow',
      Inspection: '../resolvers.ts#ToldInspection',
      MandatoryInsurance: '../resolvers.ts#ToldInsurance',
      VehicleChange: '@dinhdanh/kit#ToldChange',
      Source: '@dinhdanh/kit#ToldSource',
    },
  },
  'social-insurance': {
    context: '../resolvers.ts#Context',
    models: {
      SocialInsurance: '../resolvers.ts#MembershipRow',
      ContributionPeriod: '../resolvers.ts#ToldPeriod',
      Benefit: '../resolvers.ts#ToldBenefit',
      HealthInsurance: '../resolvers.ts#CardRow',
      MedicalVisit: '../resolvers.ts#ToldVisit',
      SocialInsuranceChange: '@dinhdanh/kit#ToldChange',
      Source: '@dinhdanh/kit#ToldSource',
    },
  },
  accounts: {
    context: '../resolvers.ts#Context',
    models: {
      Account: '../resolvers.ts#Owner',
      Dependant: '../resolvers.ts#OwnedWard',
      LinkedDocument: '../resolvers.ts#OwnedDocument',
      Passkey: '../passkeys/passkey.ts#Passkey as PasskeyRow',
      LockRequest: '../life/locks/store.ts#LockRequestRow',
      AccountSession: '../life/sessions/session-list.ts#ListedSession',
      SignInRecord: '../life/sessions/session-list.ts#ListedSignIn',
      AccountChange: '@dinhdanh/kit#ToldChange',
      Registration: '../registration/registration.ts#Registration as RegistrationRow',
      AskedChange: '../registration/registration.ts#Registration as RegistrationRow',
      RegistrationSession: '../registration/start-registration.ts#BegunRegistration',
      RegistrationReason: '../registration/reasons.ts#ToldReason',
      Document: '../resolvers.ts#ToldDocument',
      Person: '../resolvers.ts#ToldPerson',
    },
  },
  'access-log': {
    context: '../resolvers.ts#Context',
    models: {
      AccessAlert: '../alerts.ts#ToldAlert',
    },
  },
};
