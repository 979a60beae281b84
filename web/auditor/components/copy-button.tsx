import { useEffect, useState } from 'react';
import { useConsoleTexts } from '../texts/use-console-texts.ts';

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for those who hear the button without its surroundings. */
  readonly what: string;
}

/** Puts a text on the clipboard and says that it did. */
export function CopyButton({ text, what }: CopyButtonProps) {
  const { frame } = useConsoleTexts();
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(() => setDone(false), 4000);
    return () => clearTimeout(timer);
  }, [isDone]);
  return (
    <>
      <button
        type="button"
        className="button quiet small"
        aria-label={frame.copyWhat(what)}
        onClick={() =>
          void navigator.clipboard.writeText(text).then(
            () => setDone(true),
            () => setDone(false),
          )
        }
      >
        {isDone ? frame.copied : frame.copy}
      </button>
      <output className="heard">{isDone ? frame.copied : ''}</output>
    </>
  );
}
