import type {
  ContactChannel,
  MyRegistrationQuery,
  RegistrationPurpose,
  RegistrationStep,
} from '../generated/operations.ts';

/** A registration as its applicant sees it. */
export type OwnRegistration = NonNullable<MyRegistrationQuery['registration']>;

/** Why a step failed or a registration was refused, with how to mend it. */
export type Reason = NonNullable<OwnRegistration['reasons']>[number];

/** How far a registration is: which of its steps comes next, of how many. */
export interface StepPlace {
  readonly step: RegistrationStep;
  /** From 1 on. */
  readonly number: number;
  readonly of: number;
}

/** Where an open registration stands; null once there is nothing more to be filled in. */
export function placeOf({ state, step, steps }: OwnRegistration): StepPlace | null {
  if (state !== 'OPEN' || step === null) return null;
  const all = (steps ?? []).map((one) => one.step);
  const at = all.indexOf(step);
  return at === -1 ? null : { step, number: at + 1, of: all.length };
}

/** Steps that an applicant can go back to while nothing is sent in: those that hold what was typed. */
const again: ReadonlySet<RegistrationStep> = new Set(['IDENTITY', 'CHIP', 'PORTRAIT']);

/** Steps that are done and can be done anew, in their order. */
export function mendableSteps({ state, steps }: OwnRegistration): RegistrationStep[] {
  if (state !== 'OPEN') return [];
  return (steps ?? []).flatMap(({ step, doneAt }) =>
    step !== null && doneAt !== null && again.has(step) ? [step] : [],
  );
}

/** What a registration is for. */
export function purposeOf({ purpose }: Pick<OwnRegistration, 'purpose'>): RegistrationPurpose {
  return purpose ?? 'ACCOUNT';
}

/** Where the next code goes: the first way that has to be confirmed and is not. An e-mail address never has to be. */
export function codeChannelOf({ contacts }: OwnRegistration): ContactChannel {
  const waiting = contacts?.find(({ channel, confirmedAt }) => channel !== 'EMAIL' && confirmedAt === null);
  return waiting?.channel ?? 'PHONE';
}

/** What is wrong with one step. */
export function problemsOf({ problems }: OwnRegistration, step: RegistrationStep): Reason[] {
  return (problems ?? []).filter((problem) => problem.step === step);
}

/** What is wrong with steps that were done, seen from another one: what the chip has contradicted, above all. */
export function problemsBefore(registration: OwnRegistration, step: RegistrationStep): Reason[] {
  return mendableSteps(registration)
    .filter((done) => done !== step)
    .flatMap((done) => problemsOf(registration, done));
}

/** Reasons that say the same of several fields, once for all of them. */
export function togetherOf(reasons: readonly Reason[]): [Reason, (string | null)[]][] {
  const groups = new Map<string, [Reason, (string | null)[]]>();
  for (const reason of reasons) {
    const key = `${reason.code} ${reason.step}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [reason, [reason.field]]);
    else group[1].push(reason.field);
  }
  return [...groups.values()];
}
