import { type FormEvent, useState } from 'react';
import { Dialog } from '../components/dialog.tsx';
import { FormMessage } from '../components/form-message.tsx';
import { Progress } from '../components/progress.tsx';
import type { PartyReason } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { ReasonChoice } from './reason-choice.tsx';
import { callOf, type RelyingParty } from './relying-party.ts';
import { useDecision } from './use-decision.ts';

interface DecisionButtonsProps {
  readonly party: RelyingParty;
  readonly onDecided: (id: string, said: string) => void;
}

/** Yes and no to an application, each asked once more before it is done. */
export function DecisionButtons({ party, onDecided }: DecisionButtonsProps) {
  const { applications: texts } = useTexts();
  const [asking, setAsking] = useState<'approve' | 'refuse' | null>(null);
  const name = callOf(party);
  return (
    <div className="buttons">
      <button
        type="button"
        className="button"
        aria-label={texts.approveOf(name)}
        onClick={() => setAsking('approve')}
      >
        {texts.approve}
      </button>
      <button
        type="button"
        className="button even"
        aria-label={texts.refuseOf(name)}
        onClick={() => setAsking('refuse')}
      >
        {texts.refuse}
      </button>
      {asking !== null && (
        <DecisionDialog
          key={asking}
          party={party}
          decision={asking}
          onClose={() => setAsking(null)}
          onDecided={onDecided}
        />
      )}
    </div>
  );
}

interface DecisionDialogProps extends DecisionButtonsProps {
  readonly decision: 'approve' | 'refuse';
  readonly onClose: () => void;
}

function DecisionDialog({ party, decision, onClose, onDecided }: DecisionDialogProps) {
  const { applications: texts, frame } = useTexts();
  const [reason, setReason] = useState<PartyReason | null>(null);
  const { decide, message, say, isBusy } = useDecision(onDecided);
  const isRefusal = decision === 'refuse';
  const name = callOf(party);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!isRefusal) void decide({ id: party.id, decision: 'APPROVE' });
    else if (reason === null) say(texts.reasonChoose);
    else void decide({ id: party.id, decision: 'REFUSE', reason });
  }

  return (
    <Dialog title={isRefusal ? texts.refuseTitle : texts.approveTitle} onClose={onClose}>
      <p>{isRefusal ? texts.refuseBody(name) : texts.approveBody(name)}</p>
      <form noValidate onSubmit={submit}>
        <FormMessage text={message} />
        {isRefusal && <ReasonChoice reason={reason} onChoose={setReason} />}
        <div className="buttons">
          <button type="button" className="button quiet" onClick={onClose}>
            {frame.cancel}
          </button>
          <button type="submit" className={isRefusal ? 'button danger' : 'button'} disabled={isBusy}>
            {isRefusal ? texts.refuse : texts.approve}
          </button>
        </div>
        {isBusy && <Progress label={texts.busy} />}
      </form>
    </Dialog>
  );
}
