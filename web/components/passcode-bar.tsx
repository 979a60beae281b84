import { useSecondsUntil } from '../session/countdown.ts';
import { usePasscode } from '../session/passcode.tsx';
import { formatCountdown } from '../format/numbers.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Icon } from './icon.tsx';

/** Above the profile: that sensitive details are locked, with the way to open them, or how long they stay open. */
export function PasscodeBar() {
  const { passcode } = useTexts();
  const { openUntil, ask } = usePasscode();
  const left = useSecondsUntil(openUntil ?? 0);
  const isOpen = openUntil !== null && left > 0;
  return (
    <div className={isOpen ? 'passcode-bar open' : 'passcode-bar'}>
      <Icon name="lock" />
      {isOpen ? (
        <p role="timer">{passcode.openUntil(formatCountdown(left))}</p>
      ) : (
        <>
          <p>{passcode.section}</p>
          <button type="button" className="button small" onClick={ask}>
            {passcode.open}
          </button>
        </>
      )}
      <p className="heard" role="status">
        {isOpen ? passcode.unlocked : ''}
      </p>
    </div>
  );
}
