import { useState } from 'react';
import { Dialog } from '../components/dialog.tsx';
import { FormMessage } from '../components/form-message.tsx';
import { formatInstant } from '../format/dates.ts';
import { WithdrawRegistrationDocument } from '../generated/operations.ts';
import { useTexts } from '../texts/use-texts.ts';
import { type OwnRegistration, purposeOf } from './own-registration.ts';
import { useStep } from './use-step.ts';

interface FileFootProps {
  readonly registration: OwnRegistration;
  readonly onWithdrawn: (registration: OwnRegistration) => void;
}

/** The code of the file, how long it is kept, and the way out of it. */
export function FileFoot({ registration, onWithdrawn }: FileFootProps) {
  const { registration: texts, language } = useTexts();
  const [isAsking, setAsking] = useState(false);
  return (
    <footer className="section file-foot">
      <p>
        {texts.codeOfFile}: <strong className="digits">{registration.code}</strong>
      </p>
      {/* Without a password of its own a file is gone on with here alone. */}
      {registration.steps?.some(({ step }) => step === 'PASSWORD') && (
        <p className="hint">{texts.codeOfFileHint}</p>
      )}
      {registration.expiresAt !== null && (
        <p className="hint">{texts.expires(formatInstant(registration.expiresAt, language))}</p>
      )}
      <button type="button" className="link" onClick={() => setAsking(true)}>
        {texts.withdraw}
      </button>
      {isAsking && (
        <WithdrawDialog
          registration={registration}
          onClose={() => setAsking(false)}
          onWithdrawn={onWithdrawn}
        />
      )}
    </footer>
  );
}

interface WithdrawDialogProps extends FileFootProps {
  readonly onClose: () => void;
}

function WithdrawDialog({ registration, onClose, onWithdrawn }: WithdrawDialogProps) {
  const { registration: texts, frame } = useTexts();
  const { send, message, isBusy } = useStep(WithdrawRegistrationDocument);
  async function withdraw(): Promise<void> {
    const data = await send({});
    if (data === null) return;
    onClose();
    onWithdrawn(data.withdrawRegistration);
  }
  return (
    <Dialog title={texts.withdrawTitle} onClose={onClose}>
      <p>{texts.purposes[purposeOf(registration)].withdraw}</p>
      <FormMessage text={message} />
      <div className="buttons">
        <button type="button" className="button quiet" onClick={onClose}>
          {frame.cancel}
        </button>
        <button type="button" className="button danger" disabled={isBusy} onClick={() => void withdraw()}>
          {texts.withdrawYes}
        </button>
      </div>
    </Dialog>
  );
}
