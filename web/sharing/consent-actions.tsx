import { useState } from 'react';
import { useClient } from 'urql';
import { answerOf, type Answer } from '../api/answer.ts';
import { Dialog } from '../components/dialog.tsx';
import { FormMessage } from '../components/form-message.tsx';
import { Progress } from '../components/progress.tsx';
import {
  PauseConsentDocument,
  ResumeConsentDocument,
  RevokeConsentDocument,
} from '../generated/operations.ts';
import { usePasscode } from '../session/passcode.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { failureWords } from './failure-words.ts';
import { partyName } from './party-facts.tsx';
import type { WholeConsent } from './share.ts';

interface ConsentActionsProps {
  readonly consent: WholeConsent;
  readonly onChanged: (consent: WholeConsent) => void;
}

/** What can be done with a consent in its state: pause, let go on, withdraw. */
export function ConsentActions({ consent, onChanged }: ConsentActionsProps) {
  const { consents, access } = useTexts();
  const { confirm } = usePasscode();
  const { message, done, isBusy, act } = useActs(consent, onChanged);
  const [isRevoking, setRevoking] = useState(false);
  const name = partyName(consent.party, access.actors.RELYING_PARTY);

  async function resume(): Promise<void> {
    const words = {
      title: consents.resumeTitle,
      intro: consents.resumeIntro(name),
      submit: consents.resume,
    };
    if (await confirm(words)) await act('resume');
  }

  return (
    <>
      <FormMessage text={message} />
      <output className="said">{done}</output>
      <ActionList
        consent={consent}
        isBusy={isBusy}
        onPause={() => void act('pause')}
        onResume={() => void resume()}
        onRevoke={() => setRevoking(true)}
      />
      {isRevoking && (
        <RevokeDialog
          name={name}
          onClose={() => setRevoking(false)}
          onYes={() => {
            setRevoking(false);
            void act('revoke');
          }}
        />
      )}
    </>
  );
}

interface ActionListProps {
  readonly consent: WholeConsent;
  readonly isBusy: boolean;
  readonly onPause: () => void;
  readonly onResume: () => void;
  readonly onRevoke: () => void;
}

/** The actions a consent is open to; none once it has ended. */
function ActionList({ consent, isBusy, onPause, onResume, onRevoke }: ActionListProps) {
  const { consents } = useTexts();
  const { state, fetch } = consent;
  if (state !== 'ACTIVE' && state !== 'PAUSED' && state !== 'STOPPED') return null;
  return (
    <section className="section actions" aria-labelledby="consent-actions">
      <h2 id="consent-actions" tabIndex={-1}>
        {consents.actionsTitle}
      </h2>
      {state === 'ACTIVE' && fetch !== 'ONCE' && (
        <Action label={consents.pause} note={consents.pauseNote} isBusy={isBusy} onPress={onPause} />
      )}
      {state === 'PAUSED' && (
        <Action label={consents.resume} note={consents.notes.ACTIVE} isBusy={isBusy} onPress={onResume} />
      )}
      <Action label={consents.revoke} note={consents.revokeNote} isBusy={isBusy} isEnd onPress={onRevoke} />
      {isBusy && <Progress label={consents.busy} />}
    </section>
  );
}

interface ActionProps {
  readonly label: string;
  readonly note: string;
  readonly isBusy: boolean;
  readonly isEnd?: boolean;
  readonly onPress: () => void;
}

function Action({ label, note, isBusy, isEnd = false, onPress }: ActionProps) {
  return (
    <div className="action">
      <button
        type="button"
        className={isEnd ? 'button danger' : 'button quiet'}
        disabled={isBusy}
        onClick={onPress}
      >
        {label}
      </button>
      <p className="hint">{note}</p>
    </div>
  );
}

/** What withdrawing means, told before it is done. */
function RevokeDialog({
  name,
  onYes,
  onClose,
}: {
  readonly name: string;
  readonly onYes: () => void;
  readonly onClose: () => void;
}) {
  const { consents, frame } = useTexts();
  return (
    <Dialog title={consents.revokeTitle} onClose={onClose}>
      <p>
        <strong>{consents.revokeOf(name)}</strong>
      </p>
      <ul className="steps">
        {consents.consequences.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <div className="buttons">
        <button type="button" className="button quiet" onClick={onClose}>
          {frame.cancel}
        </button>
        <button type="button" className="button danger" onClick={onYes}>
          {consents.revokeYes}
        </button>
      </div>
    </Dialog>
  );
}

type Act = 'pause' | 'resume' | 'revoke';

function useActs(
  { id }: WholeConsent,
  onChanged: ConsentActionsProps['onChanged'],
): {
  readonly message: string | null;
  readonly done: string | null;
  readonly isBusy: boolean;
  readonly act: (act: Act) => Promise<void>;
} {
  const texts = useTexts();
  const client = useClient();
  const [message, setMessage] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function send(act: Act): Promise<Answer<WholeConsent>> {
    const variables = { id };
    if (act === 'pause') {
      const answer = answerOf(await client.mutation(PauseConsentDocument, variables));
      return { ...answer, data: answer.data?.pauseConsent ?? null };
    }
    if (act === 'resume') {
      const answer = answerOf(await client.mutation(ResumeConsentDocument, variables));
      return { ...answer, data: answer.data?.resumeConsent ?? null };
    }
    const answer = answerOf(await client.mutation(RevokeConsentDocument, variables));
    return { ...answer, data: answer.data?.revokeConsent ?? null };
  }

  async function act(which: Act): Promise<void> {
    setBusy(true);
    setMessage(null);
    setDone(null);
    const { data, failures } = await send(which);
    setBusy(false);
    const [failure] = failures;
    if (data !== null) {
      onChanged(data);
      setDone(data.state === null ? null : texts.consents.done[data.state]);
    } else if (failure !== undefined) setMessage(failureWords(failure, texts));
  }
  return { message, done, isBusy, act };
}
