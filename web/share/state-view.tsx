import { CancelButton } from './cancel-button.tsx';
import { NumberForm } from './number-form.tsx';
import type { RequestState } from './read-state.ts';
import { RenewButton } from './renew-button.tsx';
import type { StateProps } from './state-props.ts';
import { TimeLeft } from './time-left.tsx';
import { useShareTexts } from './texts/use-share-texts.ts';
import { WaitingView } from './waiting-view.tsx';

/** What a state says and what can be done in it. */
export function StateView(props: StateProps) {
  const { state } = props;
  switch (state.state) {
    case 'WAITING':
      return <WaitingView {...props} />;
    case 'CLAIMED':
      return <ClaimedView {...props} />;
    case 'APPROVED':
      return state.numberNeeded ? <NumberForm {...props} /> : <ComeBackView {...props} />;
    case 'EXPIRED':
      return state.renewable ? <ExpiredView {...props} /> : <EndView {...props} />;
    default:
      return <EndView {...props} />;
  }
}

function ClaimedView(props: StateProps) {
  const { claimed } = useShareTexts();
  return (
    <>
      <p>{claimed.text}</p>
      <TimeLeft endsAt={props.endsAt} say={claimed.left} />
      <p className="hint">{claimed.notYou}</p>
      <div className="buttons">
        <CancelButton {...props} />
      </div>
    </>
  );
}

function ComeBackView(props: StateProps) {
  const { comeBack } = useShareTexts();
  return (
    <>
      <p>{comeBack.text}</p>
      <TimeLeft endsAt={props.endsAt} say={comeBack.left} />
      <div className="buttons">
        <CancelButton {...props} />
      </div>
    </>
  );
}

function ExpiredView(props: StateProps) {
  const { expired } = useShareTexts();
  return (
    <>
      <p>{expired.text}</p>
      <div className="buttons">
        <RenewButton {...props} isMain />
        <BackLink state={props.state} isMain={false} />
      </div>
    </>
  );
}

function EndView({ state }: StateProps) {
  const texts = useShareTexts();
  return (
    <>
      <p>{endingOf(state, texts)}</p>
      <div className="buttons">
        <BackLink state={state} isMain />
      </div>
    </>
  );
}

function endingOf(
  { state, triesLeft, party }: RequestState,
  texts: ReturnType<typeof useShareTexts>,
): string {
  if (state === 'GRANTED') return texts.granted.text(party.displayName);
  if (state === 'DECLINED') return texts.declined.text;
  if (state === 'EXPIRED') return texts.tooLate.text;
  return triesLeft === 0 ? texts.cancelled.wrongNumbers : texts.cancelled.text;
}

/** The way back to who asked: by the authorization server, which says how it ended. */
function BackLink({ state, isMain }: { readonly state: RequestState; readonly isMain: boolean }) {
  const { back } = useShareTexts();
  if (state.redirectTo === undefined) return null;
  return (
    <a className={isMain ? 'button' : 'button quiet'} href={state.redirectTo}>
      {back(state.party.displayName)}
    </a>
  );
}
