import { AppError, changePage, legalDateOf, servedPage } from '@dinhdanh/kit';
import type { PageArguments } from '@dinhdanh/kit';
import type { Account, LockReason, Staff, Ward } from './account.ts';
import type { Resolvers } from './generated/resolvers.ts';
import type { Context } from './context.ts';
import { lifeMutations, lifeTypes, ownSessions, ownSignIns } from './life/resolvers.ts';
import { beginConfirmation, confirmPasskey } from './passkeys/confirm-passkey.ts';
import { beginEnrolment, finishEnrolment, removePasskey } from './passkeys/enrol-passkey.ts';
import type { PasskeyAnswer } from './passkeys/enrol-passkey.ts';
import type { Passkey } from './passkeys/passkey.ts';
import { registrationMutations, registrationQueries, registrationTypes } from './registration/resolvers.ts';
import { askedChanges } from './registration/restoring/asked-changes.ts';
import { refuseChangesOf } from './registration/restoring/store.ts';
import { livingWards, maskEmail, maskPhone, ownerMayGive } from './rules.ts';
import { deliverSession, endDelivery } from './session-delivery.ts';
import { confirmPasscode, signIn } from './sign-in.ts';
import type { SignInInput } from './sign-in.ts';
import type { LinkedDocumentRow } from './store.ts';

export type { Context } from './context.ts';

/** The owner of an account: a person or a member of staff. */
export type Owner = { readonly person: Account } | { readonly staff: Staff };

/** A ward with the account it stands in. */
export type OwnedWard = Ward & { readonly owner: Account };
/** A linked document with the account it stands in. */
export type OwnedDocument = LinkedDocumentRow & { readonly owner: Account };
/** A document as the registry that keeps it knows it. */
export interface ToldDocument {
  readonly __typename: (typeof documentTypes)[keyof typeof documentTypes];
  readonly ref: string;
}

/** A person by key and kind: all that accounts tells of one. */
export interface ToldPerson {
  readonly __typename: 'Citizen' | 'ForeignResident';
  readonly subject: string;
}

const DATABASE = {
  database: 'Hệ thống định danh và xác thực điện tử',
  agency: 'Cục Cảnh sát quản lý hành chính về trật tự xã hội, Bộ Công an',
};

const documentTypes = {
  IDENTITY_CARD: 'IdentityCard',
  PASSPORT: 'Passport',
  RESIDENCE_CARD: 'ResidenceCard',
  DRIVING_LICENCE: 'DrivingLicence',
  VEHICLE: 'Vehicle',
  SOCIAL_INSURANCE: 'SocialInsurance',
  HEALTH_INSURANCE: 'HealthInsurance',
} as const;

/** The resolvers of accounts.graphql. */
export const resolvers: Resolvers = {
  ...registrationTypes,
  ...lifeTypes,
  Query: {
    ...registrationQueries,
    accountsServed: (_, args, context) => servedPage(context, args),
    accountsChanges: (_, args, { caller, room }) => changePage(caller, args, room.store.changes.after),
    me: async (_: unknown, _args: unknown, context: Context): Promise<Owner | null> => {
      const { kind, id } = context.caller.act;
      if (kind === 'officer' || kind === 'auditor') {
        const staff = await context.room.store.findStaff(id);
        return staff === null ? null : { staff };
      }
      return findOwner(selfOf(context), context);
    },
  },
  Mutation: {
    ...registrationMutations,
    ...lifeMutations,
    signIn: async (_: unknown, { input }: { input: SignInInput }, context: Context) =>
      deliverSession(await signIn(input, context, context.room), context),
    confirmPasscode: async (_: unknown, { passcode }: { passcode: string }, context: Context) => {
      const { expiresAt, passcodeUntil } = await confirmPasscode(passcode, context, context.room);
      return { token: null, expiresAt: expiresAt.toISOString(), passcodeUntil: passcodeUntil.toISOString() };
    },
    beginPasskeyEnrolment: async (_: unknown, _args: unknown, context: Context) => ({
      options: await beginEnrolment(context, context.room),
    }),
    finishPasskeyEnrolment: (_: unknown, { input }: { input: PasskeyAnswer }, context: Context) =>
      finishEnrolment(input, context, context.room),
    removePasskey: async (_: unknown, { id }: { id: string }, context: Context) => {
      await removePasskey(id, context, context.room);
      return true;
    },
    beginPasskeyConfirmation: async (_: unknown, _args: unknown, context: Context) => ({
      options: await beginConfirmation(context, context.room),
    }),
    confirmPasskey: async (_: unknown, { input }: { input: PasskeyAnswer }, context: Context) => {
      const { expiresAt, passcodeUntil } = await confirmPasskey(input, context, context.room);
      return { token: null, expiresAt: expiresAt.toISOString(), passcodeUntil: passcodeUntil.toISOString() };
    },
    signOut: async (_: unknown, _args: unknown, context: Context): Promise<boolean> => {
      const session = context.caller.sid;
      if (session !== undefined) await context.room.store.revokeSession(session, context.now);
      endDelivery(context);
      return session !== undefined;
    },
    lockAccount: async (_: unknown, { reason }: { reason: LockReason }, context: Context): Promise<Owner> => {
      const subject = selfOf(context);
      if (context.caller.act.kind !== 'person' || context.caller.sid === undefined)
        throw new AppError('NOT_PERMITTED');
      if (!ownerMayGive(reason)) throw new AppError('BAD_USER_INPUT', { field: 'reason' });
      const { room, now: at } = context;
      const outcome = await room.locks.addCause({ subject, reason, at }, room.tellOwner, refuseChangesOf);
      if (outcome === 'LOCKED') context.log.info('ACCOUNTS_LOCKED', { reason });
      const account = await room.store.findAccount(subject);
      if (account === null) throw new AppError('NOT_FOUND');
      return { person: account };
    },
  },
  Account: {
    __resolveReference: ({ subject }: { subject: string }, context: Context) => {
      if (subject !== selfOf(context)) throw new AppError('NOT_PERMITTED', { internal: 'another’s account' });
      return findOwner(subject, context);
    },
    subject: (owner: Owner) => ('person' in owner ? owner.person.subject : owner.staff.id),
    kind: (owner: Owner) => ('person' in owner ? owner.person.ids.kind : 'STAFF'),
    staffRole: (owner: Owner) => ('person' in owner ? null : owner.staff.role),
    level: (owner: Owner) => ('person' in owner ? owner.person.level : null),
    status: (owner: Owner) => ('person' in owner ? owner.person.status : owner.staff.status),
    lockReason: ofPerson(({ lockReason }) => lockReason),
    lockReasons: ofPerson(({ lockReasons }) => lockReasons),
    lockedAt: ofPerson(({ lockedAt }) => instant(lockedAt)),
    approvedAt: ofPerson(({ approvedAt }) => instant(approvedAt)),
    activatedAt: ofPerson(({ activatedAt }) => instant(activatedAt)),
    phoneMasked: ofUnlocked(({ phone }) => (phone === null ? null : maskPhone(phone))),
    emailMasked: ofUnlocked(({ email }) => (email === null ? null : maskEmail(email))),
    boundDevice: ofUnlocked(({ boundDevice }) =>
      boundDevice === null ? null : { model: boundDevice.model, boundAt: boundDevice.boundAt.toISOString() },
    ),
    askedChanges: ofPerson(({ ids }, { now, room }) => askedChanges(ids, now, room)),
    dependants: ofUnlocked(async (owner, context) =>
      livingWards(await context.wards.load(owner.subject), legalDateOf(context.now)).map((ward) => ({
        ...ward,
        owner,
      })),
    ),
    linkedDocuments: ofUnlocked(async (owner, context) =>
      (await context.documents.load(owner.subject)).map((document) => ({ ...document, owner })),
    ),
    passkeys: ofUnlocked((owner, context) => context.passkeyLists.load(owner.subject)),
    sessions: ofUnlocked((_, context) => ownSessions(context)),
    signIns: (owner: Owner, args: PageArguments, context: Context) =>
      ofUnlocked(({ subject }) => ownSignIns(subject, args, context))(owner, null, context),
    organisations: ofUnlocked((owner, context) => {
      if (owner.level !== 2) throw new AppError('LEVEL_REQUIRED');
      return context.organisations.load(owner.subject);
    }),
    source: ofPerson((account, context) => sourceOfAccount(account, account.approvedAt, context)),
  },
  Dependant: {
    person: ({ subject, ids }: Ward) => personOf(subject, ids.kind),
    source: ({ owner }: OwnedWard, _: unknown, context: Context) => sourceOfAccount(owner, null, context),
  },
  LinkedDocument: {
    linkedAt: ({ linkedAt }: LinkedDocumentRow) => instant(linkedAt),
    document: ({ kind, ref }: LinkedDocumentRow) => ({ __typename: documentTypes[kind], ref }),
    source: ({ owner, linkedAt }: OwnedDocument, _: unknown, context: Context) =>
      sourceOfAccount(owner, linkedAt, context),
  },
  Passkey: {
    createdAt: ({ createdAt }: Passkey) => createdAt.toISOString(),
    lastUsedAt: ({ lastUsedAt }: Passkey) => instant(lastUsedAt),
  },
  Person: { __resolveType: ({ __typename }) => __typename, __resolveReference: resolvePerson },
  Document: { __resolveType: ({ __typename }) => __typename },
  Citizen: { __resolveReference: resolvePerson },
  ForeignResident: { __resolveReference: resolvePerson },
};

/** The caller's own subject; `UNAUTHENTICATED` for a caller that is nobody. */
function selfOf({ caller }: Context): string {
  const self = caller.subjects.find(({ as }) => as === 'self')?.id;
  if (self === undefined) throw new AppError('UNAUTHENTICATED');
  return self;
}

async function findOwner(subject: string, context: Context): Promise<Owner | null> {
  const person = await context.accounts.load(subject);
  return person === null ? null : { person };
}

function ofPerson<Value>(read: (account: Account, context: Context) => Value) {
  return (owner: Owner, _: unknown, context: Context): Value | null =>
    'person' in owner ? read(owner.person, context) : null;
}

/** For what the owner of a locked account does not see: of it they are told its state and the reason only. */
function ofUnlocked<Value>(read: (account: Account, context: Context) => Value) {
  return ofPerson((account, context) => {
    if (account.status !== 'ACTIVE') throw new AppError('ACCOUNT_LOCKED');
    return read(account, context);
  });
}

function resolvePerson({ subject }: { subject: string }, context: Context): ToldPerson {
  return personOf(subject, context.identifiersOf(subject).kind);
}

function personOf(subject: string, kind: Account['ids']['kind']): ToldPerson {
  return { __typename: kind === 'CITIZEN' ? 'Citizen' : 'ForeignResident', subject };
}

/** A level-2 account was proved by face and fingerprint, a level-1 account by the chip (Decree 69/2024, arts. 10–11). */
function sourceOfAccount(account: Account, verifiedAt: Date | null, { now }: Context) {
  return {
    ...DATABASE,
    fetchedAt: now.toISOString(),
    verifiedAt: instant(verifiedAt),
    assurance: account.level === 2 ? ('BIOMETRIC' as const) : ('CHIP' as const),
    synthetic: account.synthetic,
  };
}

function instant(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
