import { useId, useRef, useState } from 'react';
import { useFocusHandedOn } from '../components/focus-keeper.ts';
import { FormMessage } from '../components/form-message.tsx';
import { Progress } from '../components/progress.tsx';
import type { ChipProgress } from '../chip/read-chip.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { OwnRegistration } from './own-registration.ts';
import { useChipReading } from './use-chip-reading.ts';

interface ChipStepProps {
  readonly onDone: (registration: OwnRegistration) => void;
}

/** The guide first, then the reading with its progress; every loss can be tried again. */
export function ChipStep({ onDone }: ChipStepProps) {
  const { registration } = useTexts();
  const { chip } = registration;
  const [isUnderstood, setUnderstood] = useState(false);
  return (
    <>
      <p className="lead">{chip.intro}</p>
      <p className="message">{chip.standsForPhone}</p>
      {isUnderstood ? <Reading onDone={onDone} /> : <Guide onUnderstood={() => setUnderstood(true)} />}
    </>
  );
}

function Guide({ onUnderstood }: { readonly onUnderstood: () => void }) {
  const { registration } = useTexts();
  const { chip } = registration;
  const button = useRef<HTMLButtonElement>(null);
  useFocusHandedOn(button);
  return (
    <section className="section">
      <ol className="steps">
        {chip.guide.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <details>
        <summary>{chip.what}</summary>
        <p>{chip.whatBody}</p>
      </details>
      <div className="buttons">
        <button ref={button} type="button" className="button wide" onClick={onUnderstood}>
          {chip.understood}
        </button>
      </div>
    </section>
  );
}

function Reading({ onDone }: ChipStepProps) {
  const { registration } = useTexts();
  const { chip } = registration;
  const { start, stop, progress, isChecking, message, wait } = useChipReading(onDone);
  const isReading = progress !== null;
  return (
    <section className="section" aria-label={registration.steps.CHIP}>
      <FormMessage text={isReading ? null : message} />
      {isReading && <ReadingBar progress={progress} />}
      <div aria-live="polite">{isChecking && <Progress label={chip.checking} />}</div>
      <div className="buttons">
        {isReading ? (
          <button type="button" className="button quiet wide" onClick={stop}>
            {chip.stop}
          </button>
        ) : (
          <button
            type="button"
            className="button wide"
            disabled={isChecking || wait.left > 0}
            onClick={() => void start()}
          >
            {wait.left > 0 ? registration.waitLeft(wait.text) : message !== null ? chip.retry : chip.start}
          </button>
        )}
      </div>
    </section>
  );
}

/** How far the reading is: told in words as it goes from file to file, and drawn. */
function ReadingBar({ progress }: { readonly progress: ChipProgress }) {
  const { registration } = useTexts();
  const { chip } = registration;
  const id = useId();
  const { phase, file, share } = progress;
  const label = phase === 'PROVING' ? chip.proving : file === null ? chip.connecting : chip.reading(file);
  return (
    <div className="progress">
      <label htmlFor={id}>
        <output>{label}</output>
      </label>
      <progress id={id} {...(share > 0 ? { value: share, max: 1 } : {})} />
    </div>
  );
}
