import { useState } from 'react';
import { useClient } from 'urql';
import { answerOf } from '../api/answer.ts';
import { FormMessage } from '../components/form-message.tsx';
import { Progress } from '../components/progress.tsx';
import { UnlockAccountDocument } from '../generated/operations.ts';
import { usePasscode } from '../session/passcode.tsx';
import { useTexts } from '../texts/use-texts.ts';

/** Unlocks what one locked without suspicion, by the passcode; says what holds the account still. */
export function UnlockForm({ onUnlocked }: { readonly onUnlocked: () => void }) {
  const { locks: texts, errors } = useTexts();
  const client = useClient();
  const { confirm } = usePasscode();
  const [message, setMessage] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function unlock(): Promise<void> {
    const words = { title: texts.unlockTitle, intro: texts.unlockIntro, submit: texts.unlockYes };
    if (!(await confirm(words))) return;
    setBusy(true);
    const { data, failures } = answerOf(await client.mutation(UnlockAccountDocument, {}));
    setBusy(false);
    const [failure] = failures;
    const refusals: Readonly<Record<string, string>> = texts.refusals;
    if (failure !== undefined) return setMessage(refusals[failure.reason ?? ''] ?? errors[failure.code]);
    setMessage(data?.unlockAccount.status === 'LOCKED' ? texts.stillLocked : null);
    onUnlocked();
  }

  return (
    <div>
      <FormMessage text={message} />
      <button type="button" className="button" disabled={isBusy} onClick={() => void unlock()}>
        {texts.unlock}
      </button>
      {isBusy && <Progress label={texts.unlocking} />}
    </div>
  );
}
