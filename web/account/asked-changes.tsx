import { useState } from 'react';
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql';
import { answerOf, type Failure } from '../api/answer.ts';
import { FormMessage } from '../components/form-message.tsx';
import { Icon } from '../components/icon.tsx';
import { Progress } from '../components/progress.tsx';
import { formatInstant } from '../format/dates.ts';
import { ConfirmChangeDocument, RefuseChangeDocument } from '../generated/operations.ts';
import type { ConfirmWords } from '../session/confirm-words.ts';
import { usePasscode } from '../session/passcode.tsx';
import type { OwnAccount } from '../session/standing.ts';
import { useTexts } from '../texts/use-texts.ts';

type AskedChange = NonNullable<OwnAccount['askedChanges']>[number];

interface AskedChangesProps {
  readonly account: OwnAccount;
  readonly onDecided: () => void;
}

/** What somebody who says they are the owner has asked for: the owner refuses it, or says that it is theirs. */
export function AskedChanges({ account, onDecided }: AskedChangesProps) {
  const { askedChanges: texts } = useTexts();
  const [said, setSaid] = useState('');
  const changes = account.askedChanges ?? [];
  if (changes.length === 0 && said === '') return null;
  return (
    <section className="asked-changes" aria-label={texts.title}>
      <output className="said">{said}</output>
      {changes.map((change) => (
        <AskedChangeItem
          key={change.id}
          change={change}
          isLocked={account.status === 'LOCKED'}
          onDecided={(what) => {
            setSaid(what);
            onDecided();
          }}
        />
      ))}
    </section>
  );
}

interface AskedChangeItemProps {
  readonly change: AskedChange;
  readonly isLocked: boolean;
  readonly onDecided: (said: string) => void;
}

function AskedChangeItem({ change, isLocked, onDecided }: AskedChangeItemProps) {
  const { askedChanges: texts, registration, language } = useTexts();
  const { id, purpose, state, askedAt, effectiveAt } = change;
  const { decide, message, isBusy } = useDecision(id, onDecided);
  const isApproved = state === 'APPROVED' && effectiveAt !== null;
  return (
    <div className="message level">
      <Icon name="clock" />
      <div>
        <p className="message-title">
          {texts.title}
          {purpose !== null && `: ${registration.purposes[purpose].title}`}
        </p>
        {askedAt !== null && <p>{texts.asked(formatInstant(askedAt, language))}</p>}
        <p>{isApproved ? texts.effective(formatInstant(effectiveAt, language)) : texts.open}</p>
        <p>{texts.notYou}</p>
        <FormMessage text={message} />
        <div className="buttons">
          <button
            type="button"
            className="button danger"
            disabled={isBusy}
            onClick={() => void decide(RefuseChangeDocument, texts.refusing, texts.refused)}
          >
            {texts.refuse}
          </button>
          {isApproved && !isLocked && (
            <button
              type="button"
              className="button quiet"
              disabled={isBusy}
              onClick={() => void decide(ConfirmChangeDocument, texts.confirming, texts.confirmed)}
            >
              {texts.confirm}
            </button>
          )}
        </div>
        {isBusy && <Progress label={texts.busy} />}
      </div>
    </div>
  );
}

interface Decision {
  readonly decide: <Data, Variables extends AnyVariables>(
    document: TypedDocumentNode<Data, Variables>,
    words: ConfirmWords,
    done: string,
  ) => Promise<void>;
  readonly message: string | null;
  readonly isBusy: boolean;
}

/** Sends what the owner says of a change, after their passcode or passkey. */
function useDecision(id: string, onDecided: (said: string) => void): Decision {
  const { askedChanges: texts, errors } = useTexts();
  const client = useClient();
  const { confirm } = usePasscode();
  const [message, setMessage] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const wordsOf = ({ code, reason }: Failure): string => {
    const refusals: Readonly<Record<string, string>> = texts.refusals;
    return refusals[reason ?? ''] ?? errors[code];
  };
  return {
    decide: async (document, words, done) => {
      if (!(await confirm(words))) return;
      setBusy(true);
      const { failures } = answerOf(await client.mutation<unknown>(document, { id }));
      setBusy(false);
      const [failure] = failures;
      setMessage(failure === undefined ? null : wordsOf(failure));
      if (failure === undefined) onDecided(done);
    },
    message,
    isBusy,
  };
}
