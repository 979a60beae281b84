import type { ReactNode } from 'react';
import { Icon } from '../../components/icon.tsx';
import { Progress } from '../../components/progress.tsx';
import type { Failure } from '../../api/answer.ts';
import { isMissing } from '../../api/reading.ts';
import { useCountdownFrom } from '../../session/countdown.ts';
import { useTexts } from '../../texts/use-texts.ts';
import type { Kept } from '../audit/memory.tsx';
import { useConsoleTexts } from '../texts/use-console-texts.ts';

interface KeptStateProps {
  readonly kept: Kept<unknown>;
  /** Whether what was asked for is in the answer. */
  readonly has: boolean;
  readonly children: ReactNode;
}

/** What was read; until then that it is on its way, or why it did not come and what to do. */
export function KeptState({ kept, has, children }: KeptStateProps) {
  const { frame } = useConsoleTexts();
  if (kept.answer === null) return <Progress label={frame.asking} />;
  const failure = kept.answer.failures[0];
  return (
    <>
      {failure !== undefined && !has && (
        <FailedMessage failure={failure} asking={kept.asking} again={kept.again} />
      )}
      {has && children}
    </>
  );
}

interface FailedMessageProps {
  readonly failure: Failure;
  readonly asking: boolean;
  readonly again: () => void;
}

/** That the log could not be read, why, and another try. */
export function FailedMessage({ failure, asking, again }: FailedMessageProps) {
  const { frame } = useConsoleTexts();
  const { errors, frame: shared } = useTexts();
  const wait = useCountdownFrom(failure);
  return (
    <div className="message missing" aria-live="polite">
      <Icon name="missing" />
      <div>
        <p className="message-title">{frame.failed}</p>
        <p>{errors[failure.code]}</p>
        {asking && <Progress label={frame.asking} />}
        {!asking && isMissing(failure) && (
          <button type="button" className="button small" onClick={again} disabled={wait.left > 0}>
            {wait.left > 0 ? frame.retryIn(wait.text) : shared.retry}
          </button>
        )}
      </div>
    </div>
  );
}
