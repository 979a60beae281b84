import { AppError, legalDateOf } from '@dinhdanh/kit';
import type { Resolvers } from '../generated/resolvers.ts';
import type { Context } from '../context.ts';
import { maskEmail, maskPhone } from '../rules.ts';
import { deliverSession } from '../session-delivery.ts';
import { activateAccount } from './activate-account.ts';
import { channelsOf, confirmCode, confirmedAt, sendCode } from './confirm-contact.ts';
import { submitRegistration, withdrawRegistration } from './decide-registration.ts';
import { acceptTerms, consentToOrganisation, declareIdentity, declareOrganisation } from './declare.ts';
import { nextStep, stepsOf } from './machine.ts';
import { databaseOf, matchRegistration } from './match-registration.ts';
import { findOwn, signedInSubject } from './own-registration.ts';
import { termsOf, termsOn } from './policy/terms.ts';
import { beginChipReading, submitChip } from './prove-card.ts';
import { submitPortrait } from './prove-face.ts';
import { tellReason } from './reasons.ts';
import type { Registration } from './registration.ts';
import { confirmChange, refuseChange } from './restoring/asked-changes.ts';
import { resumeRegistration } from './resume-registration.ts';
import { rulesOn } from './policy/rules-on.ts';
import { stateNow } from './registration-times.ts';
import { setPassword } from './set-password.ts';
import { startRegistration } from './start-registration.ts';
import type { BegunRegistration } from './start-registration.ts';

/** Queries about registering. */
export const registrationQueries: Pick<
  NonNullable<Resolvers['Query']>,
  'registration' | 'registrationRules'
> = {
  registration: (_, { id }, context) => findOwn(context, context.room, id ?? null),
  registrationRules: (_, { on }, { now }) => rulesOn(on ?? legalDateOf(now)),
};

/** The steps of registering: each in a file of its own. */
export const registrationMutations = {
  startRegistration: async (_, { input }, context) =>
    deliver(
      await startRegistration(
        { ...input, channel: input.channel ?? 'APP', purpose: input.purpose ?? 'ACCOUNT' },
        context,
        context.room,
      ),
      context,
    ),
  resumeRegistration: async (_, { input }, context) =>
    deliver(await resumeRegistration(input, context, context.room), context),
  declareIdentity: (_, { input }, context) => declareIdentity(input, context, context.room),
  declareOrganisation: (_, { input }, context) =>
    declareOrganisation({ ...input, authenticated: input.authenticated ?? false }, context, context.room),
  consentToOrganisation: (_, { code }, context) => consentToOrganisation(code, context, context.room),
  acceptTerms: (_, args, context) => acceptTerms(args, context, context.room),
  sendRegistrationCode: (_, { channel }, context) => sendCode(channel, context, context.room),
  confirmRegistrationCode: (_, args, context) => confirmCode(args, context, context.room),
  setRegistrationPassword: (_, { password }, context) => setPassword(password, context, context.room),
  matchRegistration: (_, _args, context) => matchRegistration(context, context.room),
  beginChipReading: async (_, _args, context) => {
    const { challenge, expiresAt } = await beginChipReading(context, context.room);
    return { challenge: challenge.toString('base64'), expiresAt: expiresAt.toISOString() };
  },
  submitChip: (_, { input }, context) => submitChip(input, context, context.room),
  submitPortrait: (_, { image }, context) => submitPortrait(image, context, context.room),
  submitRegistration: (_, _args, context) => submitRegistration(context, context.room),
  withdrawRegistration: (_, _args, context) => withdrawRegistration(context, context.room),
  activateAccount: async (_, { input }, context) => {
    const { token, expiresAt, passcodeUntil } = await activateAccount(input, context, context.room);
    if (token !== null) return deliverSession({ token, expiresAt, passcodeUntil }, context);
    return { token: null, expiresAt: expiresAt.toISOString(), passcodeUntil: null };
  },
  refuseChange: async (_, { id }, context) => {
    await refuseChange(id, context, context.room);
    return ownAccount(context);
  },
  confirmChange: async (_, { id }, context) => {
    await confirmChange(id, context, context.room);
    return ownAccount(context);
  },
} satisfies NonNullable<Resolvers['Mutation']>;

/** What is told of a registration. */
export const registrationTypes = {
  RegistrationSession: {
    token: ({ token }) => token,
    expiresAt: ({ expiresAt }) => expiresAt.toISOString(),
    id: ({ registration }) => registration.id,
  },
  Registration: {
    state: (registration, _, { now }) => stateNow(registration, now),
    step: (registration, _, { now }) =>
      stateNow(registration, now) === 'OPEN' ? nextStep(registration, registration.done) : null,
    steps: (registration) =>
      stepsOf(registration).map((step) => ({ step, doneAt: registration.done[step] ?? null })),
    problems: (registration) => registration.problems.map((one) => tellReason(one, databaseOf(registration))),
    contacts: (registration) => contactsOf(registration),
    review: (registration) => reviewOf(registration),
    organisation: async ({ id, organisation }, _, { room }) =>
      organisation === null
        ? null
        : {
            legalName: organisation.legalName,
            taxCode: organisation.taxCode,
            consentsMissing: await room.registrations.consentsMissing(id),
          },
    terms: ({ termsVersion, done }, _, { now }) => {
      const shown = termsVersion === null ? termsOn(legalDateOf(now)) : termsOf(termsVersion);
      if (shown === null) return null;
      const { version, text, url } = shown;
      return { version, text, url, acceptedAt: done.TERMS ?? null };
    },
    username: ({ state, personalNumber, kind }) =>
      kind !== 'ORGANISATION' && (state === 'APPROVED' || state === 'ACTIVATED') ? personalNumber : null,
    startedAt: ({ startedAt }) => startedAt.toISOString(),
    expiresAt: ({ expiresAt, state }) => (state === 'OPEN' ? expiresAt.toISOString() : null),
    receivedAt: ({ receivedAt }) => instant(receivedAt),
    dueAt: ({ dueAt }) => instant(dueAt),
    decidedAt: ({ decidedAt }) => instant(decidedAt),
    effectiveAt: ({ effectiveAt }) => instant(effectiveAt),
    activateBy: ({ activateBy }) => instant(activateBy),
    decision: ({ state }) => decisionOf(state),
    reasons: (registration) => registration.reasons.map((one) => tellReason(one, databaseOf(registration))),
    transitions: async ({ id }, _, { room }) =>
      (await room.registrations.transitionsOf(id)).map((one) => ({ ...one, at: one.at.toISOString() })),
  },
  AskedChange: {
    state: (change, _, { now }) => stateNow(change, now),
    askedAt: ({ startedAt }) => startedAt.toISOString(),
    effectiveAt: ({ effectiveAt }) => instant(effectiveAt),
  },
} satisfies Pick<Resolvers, 'AskedChange' | 'Registration' | 'RegistrationSession'>;

/** The caller's own account as it is after a change. */
async function ownAccount(context: Context) {
  const person = await context.room.store.findAccount(signedInSubject(context) ?? '');
  if (person === null) throw new AppError('NOT_FOUND');
  return { person };
}

/** Who is signed in already goes on in their own session, an applicant gets one of the registration. */
function deliver(begun: BegunRegistration, context: Context): BegunRegistration {
  const { token, expiresAt } = begun;
  if (token === null) return begun;
  return { ...begun, token: deliverSession({ token, expiresAt, passcodeUntil: null }, context).token };
}

/** How the applicant is reached. Of the number that an account has nothing is told: not even that there is one. */
function contactsOf(registration: Registration) {
  const { phone, email, codes } = registration;
  const masked = {
    PHONE: phone === null ? null : maskPhone(phone),
    EMAIL: email === null ? null : maskEmail(email),
    ACCOUNT_PHONE: null,
  };
  return channelsOf(registration).map((channel) => ({
    channel,
    masked: masked[channel],
    confirmedAt: instant(confirmedAt(registration, channel)),
    codeUntil: codes[channel]?.until ?? null,
    nextCodeAt: codes[channel]?.nextAt ?? null,
  }));
}

function reviewOf({ identity, personalNumber, passport, phone }: Registration) {
  if (identity === null) return null;
  const { fullName, sex, dateOfBirth, permanentResidence, currentAddress, nationality, source, extra } =
    identity;
  return {
    personalNumber: maskNumber(personalNumber ?? passport),
    phone: phone === null ? null : maskPhone(phone),
    ...{ fullName, sex, dateOfBirth, permanentResidence, currentAddress, nationality, source },
    extra: [...extra],
  };
}

/** A number or passport with its middle hidden. */
function maskNumber(number: string | null): string | null {
  return number === null
    ? null
    : `${number.slice(0, 3)}${'•'.repeat(Math.max(0, number.length - 6))}${number.slice(-3)}`;
}

/** What was decided, as the state tells it; what lapsed had been approved. */
function decisionOf(state: Registration['state']): 'APPROVED' | 'REJECTED' | null {
  if (state === 'REJECTED') return 'REJECTED';
  return state === 'APPROVED' || state === 'ACTIVATED' || state === 'LAPSED' ? 'APPROVED' : null;
}

function instant(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
