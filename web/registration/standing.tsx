import { Fact } from '../components/fact.tsx';
import { Progress } from '../components/progress.tsx';
import { formatInstant } from '../format/dates.ts';
import type { RegistrationState } from '../generated/operations.ts';
import { useSecondsUntil } from '../session/countdown.ts';
import { hrefOf } from '../session/route.ts';
import { useTexts } from '../texts/use-texts.ts';
import { ActivateForm } from './activate-form.tsx';
import { FileFoot } from './file-foot.tsx';
import { type OwnRegistration, purposeOf } from './own-registration.ts';
import { ReasonList } from './reason-list.tsx';

interface StandingProps {
  readonly registration: OwnRegistration;
  readonly asking: boolean;
  readonly again: () => void;
  readonly onChange: (registration: OwnRegistration) => void;
  /** Null where nothing is activated: of who changes something in their own session. */
  readonly onActivated: ((passcodeUntil: string | null) => void) | null;
  readonly onNew: () => void;
}

/** A registration that was sent in or has ended: how it stands, by when, why, and what comes next. */
export function Standing(props: StandingProps) {
  const { registration, onActivated, onNew } = props;
  const { registration: texts } = useTexts();
  const { state } = registration;
  const words = texts.purposes[purposeOf(registration)];
  const isWaiting = useIsWaiting(registration);
  const isApproved = state === 'APPROVED';
  const named: Readonly<Partial<Record<RegistrationState, string>>> = words.states;
  const sentence = state === null || state === 'OPEN' ? null : words.standing[state];
  const isNewer = state === 'REJECTED' || state === 'WITHDRAWN' || state === 'EXPIRED';
  return (
    <>
      <section className="section" aria-labelledby="standing-heading">
        <h2 id="standing-heading">{state !== null && (named[state] ?? texts.states[state])}</h2>
        {sentence !== null && <p className="lead">{isWaiting ? words.waiting : sentence}</p>}
        <ReasonList reasons={registration.reasons ?? []} />
        <Times registration={registration} hasCode={!isWaiting} />
      </section>
      {isWaiting && <Waiting {...props} />}
      {isApproved && !isWaiting && onActivated !== null && hasActivation(registration) && (
        <ActivateForm purpose={purposeOf(registration)} onActivated={onActivated} />
      )}
      {isApproved && !isWaiting && !hasActivation(registration) && <LookAgain {...props} />}
      <Transitions registration={registration} />
      <div className="buttons">
        {state === 'ACTIVATED' && (
          <a className="button" href={hrefOf({ screen: onActivated === null ? 'account' : 'profile' })}>
            {onActivated === null ? texts.toAccount : texts.signInNow}
          </a>
        )}
        {(isNewer || state === 'LAPSED' || state === 'REFUSED') && (
          <button type="button" className="button" onClick={onNew}>
            {words.newOne}
          </button>
        )}
      </div>
    </>
  );
}

/** Whether an approved change does not count yet, by this clock. */
function useIsWaiting({ state, effectiveAt }: OwnRegistration): boolean {
  const left = useSecondsUntil(Date.parse(effectiveAt ?? '') || 0);
  return state === 'APPROVED' && left > 0;
}

/** An account, and a new device, are activated by their owner; other changes take effect by themselves. */
function hasActivation(registration: OwnRegistration): boolean {
  const purpose = purposeOf(registration);
  return purpose === 'ACCOUNT' || purpose === 'DEVICE';
}

interface TimesProps {
  readonly registration: OwnRegistration;
  /** Whether the code of the file is told here. */
  readonly hasCode: boolean;
}

function Times({ registration, hasCode }: TimesProps) {
  const { registration: texts, language } = useTexts();
  const { standing } = texts;
  const { state, receivedAt, decidedAt, dueAt, effectiveAt, activateBy } = registration;
  const isApproved = state === 'APPROVED';
  const times = [
    [standing.receivedAt, receivedAt],
    [standing.dueAt, decidedAt === null ? dueAt : null],
    [standing.decidedAt, decidedAt],
    [standing.effectiveAt, isApproved ? effectiveAt : null],
    [standing.activateBy, isApproved ? activateBy : null],
  ] as const;
  return (
    <dl className="facts">
      {hasCode && <Fact term={texts.codeOfFile} value={registration.code} />}
      {times.map(
        ([term, at]) => at !== null && <Fact key={term} term={term} value={formatInstant(at, language)} />,
      )}
    </dl>
  );
}

/** What can be done while a change waits: have it confirmed elsewhere and look again, or take it back. */
function Waiting(props: StandingProps) {
  const { registration, onChange } = props;
  const { registration: texts } = useTexts();
  return (
    <>
      <section className="section" aria-labelledby="waiting-heading">
        <h2 id="waiting-heading">{texts.change.meanwhile}</h2>
        <ol className="steps">
          {texts.purposes[purposeOf(registration)].meanwhile.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <LookAgain {...props} />
      </section>
      <FileFoot registration={registration} onWithdrawn={onChange} />
    </>
  );
}

function LookAgain({ asking, again }: StandingProps) {
  const { registration: texts } = useTexts();
  return (
    <div>
      <button type="button" className="button" disabled={asking} onClick={again}>
        {texts.change.again}
      </button>
      {asking && <Progress label={texts.asking} />}
    </div>
  );
}

function Transitions({ registration }: Pick<StandingProps, 'registration'>) {
  const { registration: texts, language } = useTexts();
  const transitions = registration.transitions ?? [];
  if (transitions.length === 0) return null;
  return (
    <details className="section">
      <summary>{texts.standing.history}</summary>
      <ol className="steps">
        {transitions.map(({ at, to }) => (
          <li key={`${at} ${to}`}>
            {at !== null && formatInstant(at, language)}: {to !== null && texts.states[to]}
          </li>
        ))}
      </ol>
    </details>
  );
}
