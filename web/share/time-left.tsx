import { useId, useState } from 'react';
import { formatCountdown } from '../format/numbers.ts';
import { useSecondsUntil } from '../session/countdown.ts';

interface TimeLeftProps {
  readonly endsAt: number | null;
  readonly say: (time: string) => string;
  /** Read out once when little time is left. */
  readonly warning?: string;
}

/** From when on the warning stands, in seconds: time enough to read it and press a button. */
const LITTLE_SECONDS = 30;

/** How long something still lasts: a bar that runs down, with words. The seconds are shown and not read out. */
export function TimeLeft({ endsAt, say, warning }: TimeLeftProps) {
  const id = useId();
  const left = useSecondsUntil(endsAt ?? 0);
  const [whole, setWhole] = useState({ endsAt, seconds: left });
  // Another end is another bar; its whole is what was left when it was first told.
  if (endsAt !== null && whole.endsAt !== null && Math.abs(endsAt - whole.endsAt) > 3_000)
    setWhole({ endsAt, seconds: left });
  if (endsAt === null) return null;
  return (
    <div className="share-left">
      <label htmlFor={id}>{say(formatCountdown(left))}</label>
      <progress id={id} value={Math.min(left, whole.seconds)} max={Math.max(1, whole.seconds)} />
      {warning !== undefined && (
        <div aria-live="polite">{left <= LITTLE_SECONDS && <p className="share-soon">{warning}</p>}</div>
      )}
    </div>
  );
}
