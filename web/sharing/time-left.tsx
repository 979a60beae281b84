import { useEffect, useId, useRef } from 'react';
import { formatCountdown } from '../format/numbers.ts';
import { useSecondsUntil } from '../session/countdown.ts';
import { useTexts } from '../texts/use-texts.ts';

/** A request is decided within five minutes of being taken. */
const allSeconds = 300;

interface TimeLeftProps {
  /** RFC 3339. */
  readonly until: string;
  /** Called once when the time is over. */
  readonly onOver: () => void;
}

/** How long there is left to decide, as a bar and in words; who listens hears it once, a minute before the end. */
export function TimeLeft({ until, onOver }: TimeLeftProps) {
  const { share } = useTexts();
  const { decide } = share;
  const id = useId();
  const left = useSecondsUntil(Date.parse(until));
  const isOver = left === 0;
  const over = useRef(onOver);
  useEffect(() => {
    over.current = onOver;
  }, [onOver]);
  useEffect(() => {
    if (isOver) over.current();
  }, [isOver]);
  return (
    <div className="progress time-left">
      <label htmlFor={id}>{decide.left(formatCountdown(left))}</label>
      <progress id={id} value={Math.min(left, allSeconds)} max={allSeconds} />
      <output className="heard">{left > 0 && left <= 60 ? decide.soon : ''}</output>
    </div>
  );
}
