import type { Answer } from '../api/answer.ts';
import { useSecondsUntil } from '../session/countdown.ts';
import { usePasscode } from '../session/passcode.tsx';
import { formatCountdown } from '../format/numbers.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Icon } from './icon.tsx';

interface PasscodeBarProps {
  /** What has been answered so far: the bar stands only where something in it is locked or open. */
  readonly answers: readonly (Answer<unknown> | null)[];
}

/** Above the profile: that sensitive details are locked, with the way to open them, or how long they stay open. */
export function PasscodeBar({ answers }: PasscodeBarProps) {
  const { passcode } = useTexts();
  const { openUntil, ask } = usePasscode();
  const left = useSecondsUntil(openUntil ?? 0);
  const isOpen = openUntil !== null && left > 0;
  const isLocked = answers.some((answer) =>
    answer?.failures.some(({ code }) => code === 'PASSCODE_REQUIRED'),
  );
  if (!isOpen && !isLocked) return null;
  return (
    <div className={isOpen ? 'passcode-bar open' : 'passcode-bar'}>
      <Icon name="lock" />
      {isOpen ? (
        <p>{passcode.openUntil(formatCountdown(left))}</p>
      ) : (
        <>
          <p>{passcode.section}</p>
          <button type="button" className="button small" onClick={ask}>
            {passcode.open}
          </button>
        </>
      )}
      <output className="heard">{isOpen ? passcode.unlocked : ''}</output>
    </div>
  );
}
