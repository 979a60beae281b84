import { useEffect, useId, useState } from 'react';
import { useTexts } from '../texts/use-texts.ts';

interface ProgressProps {
  readonly label: string;
  /** Parts that are done and parts in all; left out where nobody can say. */
  readonly done?: number;
  readonly all?: number;
}

const slowAfterMs = 1000;
const verySlowAfterMs = 4000;

/** A progress bar that appears only when something takes longer than a second. */
export function Progress({ label, done, all }: ProgressProps) {
  const { frame } = useTexts();
  const id = useId();
  const isSlow = useElapsed(slowAfterMs);
  const isVerySlow = useElapsed(verySlowAfterMs);
  if (!isSlow) return <p className="quiet-line">{label}</p>;
  const counted = done !== undefined && all !== undefined;
  return (
    <div className="progress">
      <label htmlFor={id}>{counted ? frame.askingParts(done, all) : label}</label>
      <progress id={id} {...(counted ? { value: done, max: all } : {})} />
      {isVerySlow && <p className="hint">{frame.askingSlow}</p>}
    </div>
  );
}

function useElapsed(milliseconds: number): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return isOver;
}
