import { Fact } from '../components/fact.tsx';
import { formatInstant } from '../format/dates.ts';
import { hrefOf } from '../session/route.ts';
import { useTexts } from '../texts/use-texts.ts';
import { ActivateForm } from './activate-form.tsx';
import type { OwnRegistration } from './own-registration.ts';
import { ReasonList } from './reason-list.tsx';

interface StandingProps {
  readonly registration: OwnRegistration;
  readonly onActivated: (passcodeUntil: string | null) => void;
  readonly onNew: () => void;
}

/** A registration that was sent in or has ended: how it stands, by when, why, and what comes next. */
export function Standing({ registration, onActivated, onNew }: StandingProps) {
  const { registration: texts, language } = useTexts();
  const { standing } = texts;
  const { state } = registration;
  const at = (instant: string | null): string | null =>
    instant === null ? null : formatInstant(instant, language);
  const sentences = {
    SUBMITTED: standing.inReview,
    IN_REVIEW: standing.inReview,
    APPROVED: standing.approved,
    ACTIVATED: standing.activated,
    REJECTED: standing.rejected,
    WITHDRAWN: standing.withdrawn,
    EXPIRED: standing.expired,
    LAPSED: standing.lapsed,
    OPEN: null,
  };
  const sentence = state === null ? null : sentences[state];
  return (
    <>
      <section className="section" aria-labelledby="standing-heading">
        <h2 id="standing-heading">{state !== null && texts.states[state]}</h2>
        {sentence !== null && <p className="lead">{sentence}</p>}
        <ReasonList reasons={registration.reasons ?? []} />
        <dl className="facts">
          <Fact term={texts.codeOfFile} value={registration.code} />
          {registration.receivedAt !== null && (
            <Fact term={standing.receivedAt} value={at(registration.receivedAt)} />
          )}
          {registration.decidedAt === null && registration.dueAt !== null && (
            <Fact term={standing.dueAt} value={at(registration.dueAt)} />
          )}
          {registration.decidedAt !== null && (
            <Fact term={standing.decidedAt} value={at(registration.decidedAt)} />
          )}
          {state === 'APPROVED' && <Fact term={standing.activateBy} value={at(registration.activateBy)} />}
        </dl>
      </section>
      {state === 'APPROVED' && <ActivateForm onActivated={onActivated} />}
      <Transitions registration={registration} />
      <div className="buttons">
        {state === 'ACTIVATED' && (
          <a className="button" href={hrefOf({ screen: 'profile' })}>
            {texts.toSignIn}
          </a>
        )}
        {(state === 'REJECTED' || state === 'WITHDRAWN' || state === 'EXPIRED' || state === 'LAPSED') && (
          <button type="button" className="button" onClick={onNew}>
            {texts.newOne}
          </button>
        )}
      </div>
    </>
  );
}

function Transitions({ registration }: { readonly registration: OwnRegistration }) {
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
