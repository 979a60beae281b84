import type {
  ApplicantKind,
  ContactChannel,
  Registration,
  RegistrationChannel,
  RegistrationPatch,
  RegistrationPurpose,
  RegistrationState,
  RegistrationStep,
  StepsDone,
} from './registration.ts';

/** What leads from one state to another. */
export type RegistrationEvent =
  | 'SUBMIT'
  | 'REVIEW'
  | 'APPROVE'
  | 'REJECT'
  | 'ACTIVATE'
  | 'WITHDRAW'
  | 'REFUSE'
  | 'EXPIRE'
  | 'LAPSE';

/**
 * Every transition there is: what is not here cannot happen, and each write names the state it starts from. `REFUSE` is the
 * owner's word against a change of their account; of accounts that are registered nobody has it.
 */
export const transitions: Readonly<
  Record<RegistrationState, Readonly<Partial<Record<RegistrationEvent, RegistrationState>>>>
> = {
  OPEN: { SUBMIT: 'SUBMITTED', WITHDRAW: 'WITHDRAWN', REFUSE: 'REFUSED', EXPIRE: 'EXPIRED' },
  SUBMITTED: {
    REVIEW: 'IN_REVIEW',
    APPROVE: 'APPROVED',
    REJECT: 'REJECTED',
    WITHDRAW: 'WITHDRAWN',
    REFUSE: 'REFUSED',
  },
  IN_REVIEW: { APPROVE: 'APPROVED', REJECT: 'REJECTED', WITHDRAW: 'WITHDRAWN', REFUSE: 'REFUSED' },
  APPROVED: { ACTIVATE: 'ACTIVATED', LAPSE: 'LAPSED', WITHDRAW: 'WITHDRAWN', REFUSE: 'REFUSED' },
  ACTIVATED: {},
  REJECTED: {},
  WITHDRAWN: {},
  REFUSED: {},
  EXPIRED: {},
  LAPSED: {},
};

/** Where an event leads from a state; null where it cannot happen there. */
export function nextState(state: RegistrationState, event: RegistrationEvent): RegistrationState | null {
  return transitions[state][event] ?? null;
}

/** Whether nothing more happens to a registration in this state. */
export function isOver(state: RegistrationState): boolean {
  return Object.keys(transitions[state]).length === 0;
}

/** A registration as far as its steps depend on it. */
export interface StepPlan {
  readonly purpose: RegistrationPurpose;
  readonly kind: ApplicantKind;
  readonly channel: RegistrationChannel;
  /** The subject of who began it signed in; null for strangers. */
  readonly openedBy: string | null;
}

const DECLARING = ['CONTACT', 'IDENTITY', 'TERMS'] as const;
const SECRETS = ['CODE', 'PASSWORD'] as const;

/** Steps in the app. A representative proves who they are by their own session, so a child or ward needs no chip. */
const appSteps: Readonly<Record<ApplicantKind, readonly RegistrationStep[]>> = {
  CITIZEN: [...DECLARING, ...SECRETS, 'MATCH', 'CHIP', 'PORTRAIT', 'SUBMIT'],
  CHILD: [...DECLARING, ...SECRETS, 'MATCH', 'SUBMIT'],
  WARD: [...DECLARING, ...SECRETS, 'MATCH', 'SUBMIT'],
  FOREIGN_RESIDENT: [...DECLARING, ...SECRETS, 'MATCH', 'PORTRAIT', 'SUBMIT'],
  ORGANISATION: [...DECLARING, 'CONSENTS', 'SUBMIT'],
};

/** At a desk: the applicant is there, an officer takes face and fingerprints, and the printed form is signed. */
const deskSteps: readonly RegistrationStep[] = [
  ...DECLARING,
  'CODE',
  'MATCH',
  'BIOMETRICS',
  'FORM',
  'SUBMIT',
];

/** The proofs by which somebody who cannot sign in gets back into an account. */
function proofs(kind: ApplicantKind): readonly RegistrationStep[] {
  return kind === 'CITIZEN' ? ['MATCH', 'CHIP', 'PORTRAIT'] : ['MATCH', 'PORTRAIT'];
}

/** Steps of a change. Who has the old number and the passcode needs no card for a new number. */
function changeSteps({ purpose, kind, openedBy }: StepPlan): readonly RegistrationStep[] {
  if (openedBy !== null) return ['CONTACT', 'CODE', 'SUBMIT'];
  const coded: readonly RegistrationStep[] = purpose === 'DEVICE' ? [] : ['CODE'];
  const secrets: readonly RegistrationStep[] = purpose === 'PHONE' ? [] : ['PASSWORD'];
  return ['CONTACT', 'IDENTITY', ...coded, ...proofs(kind), ...secrets, 'SUBMIT'];
}

/** The ways by which a code has to be answered before the step `CODE` is done. */
export function codeChannels({ purpose, openedBy }: StepPlan): readonly ContactChannel[] {
  if (purpose === 'ACCOUNT') return ['PHONE'];
  if (purpose === 'DEVICE') return [];
  if (purpose === 'PASSWORD') return ['ACCOUNT_PHONE'];
  return openedBy === null ? ['PHONE'] : ['PHONE', 'ACCOUNT_PHONE'];
}

/** The steps of a registration, in order. */
export function stepsOf(plan: StepPlan): readonly RegistrationStep[] {
  const { purpose, kind, channel } = plan;
  if (purpose !== 'ACCOUNT') return changeSteps(plan);
  return channel === 'IN_PERSON' && kind !== 'ORGANISATION' ? deskSteps : appSteps[kind];
}

/** The first step that is not done; null when all are. */
export function nextStep(plan: StepPlan, done: StepsDone): RegistrationStep | null {
  return stepsOf(plan).find((step) => done[step] === undefined) ?? null;
}

/**
 * Whether a step may be done now, for the first time or anew: it belongs to the registration and everything before it is
 * done.
 */
export function mayDo(plan: StepPlan, done: StepsDone, step: RegistrationStep): boolean {
  const steps = stepsOf(plan);
  const place = steps.indexOf(step);
  return place >= 0 && steps.slice(0, place).every((before) => done[before] !== undefined);
}

/** What rests on a step's content and falls with it. */
const dependants: Readonly<Partial<Record<RegistrationStep, readonly RegistrationStep[]>>> = {
  IDENTITY: ['MATCH', 'CHIP', 'PORTRAIT', 'BIOMETRICS', 'FORM'],
  CHIP: ['PORTRAIT'],
  MATCH: ['FORM'],
  BIOMETRICS: ['FORM'],
};

/** The steps that fall when one is done anew with other content. */
export function fallsWith(step: RegistrationStep): readonly RegistrationStep[] {
  return dependants[step] ?? [];
}

/** The evidence that a step leaves, cleared with it. */
const evidenceOf: Readonly<Partial<Record<RegistrationStep, RegistrationPatch>>> = {
  MATCH: { match: null },
  CHIP: { chip: null },
  PORTRAIT: { face: null },
  BIOMETRICS: { biometrics: null },
  FORM: { form: null },
};

/**
 * What doing a step writes: the step is done, what rested on its former content is undone with its evidence, and what was
 * wrong with it before is forgotten.
 */
export function stepDone(registration: Registration, step: RegistrationStep, at: Date): RegistrationPatch {
  const fallen = fallsWith(step);
  const done: Partial<Record<RegistrationStep, string>> = { ...registration.done, [step]: at.toISOString() };
  for (const one of fallen) delete done[one];
  const cleared = clearedWith(fallen);
  return { ...cleared, done, problems: problemsWithout(registration, [step, ...fallen]) };
}

function clearedWith(steps: readonly RegistrationStep[]): RegistrationPatch {
  return Object.assign({}, ...steps.map((step) => evidenceOf[step] ?? {})) as RegistrationPatch;
}

/** What a step that failed writes: it is not done, what rested on it neither, and why. */
export function stepFailed(
  registration: Registration,
  step: RegistrationStep,
  codes: readonly { readonly code: string; readonly field?: string | null }[],
): RegistrationPatch {
  const fallen = [step, ...fallsWith(step)];
  const done: Partial<Record<RegistrationStep, string>> = { ...registration.done };
  for (const one of fallen) delete done[one];
  const cleared = clearedWith(fallen);
  const problems = [
    ...problemsWithout(registration, fallen),
    ...codes.map(({ code, field = null }) => ({ code, step, field })),
  ];
  return { ...cleared, done, problems };
}

function problemsWithout(
  { problems }: Registration,
  steps: readonly RegistrationStep[],
): Registration['problems'] {
  return problems.filter(({ step }) => step === null || !steps.includes(step));
}
