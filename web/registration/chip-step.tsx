import { useId, useState } from 'react';
import { FormMessage } from '../components/form-message.tsx';
import { Progress } from '../components/progress.tsx';
import { useTexts } from '../texts/use-texts.ts';
import type { ChipReader, ReaderProgress } from './chip-reader.ts';
import type { OwnRegistration } from './own-registration.ts';
import { useChipReading } from './use-chip-reading.ts';

interface ChipStepProps {
  readonly reader: ChipReader;
  readonly onDone: (registration: OwnRegistration) => void;
}

/** The guide first, then the reading with its progress; every loss can be tried again. */
export function ChipStep({ reader, onDone }: ChipStepProps) {
  const { registration } = useTexts();
  const { chip } = registration;
  const [isUnderstood, setUnderstood] = useState(false);
  return (
    <>
      <p className="lead">{chip.intro}</p>
      <p className="message">{chip.standsForPhone}</p>
      {isUnderstood ? (
        <Reading reader={reader} onDone={onDone} />
      ) : (
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
            <button type="button" className="button wide" onClick={() => setUnderstood(true)}>
              {chip.understood}
            </button>
          </div>
        </section>
      )}
    </>
  );
}

function Reading({ reader, onDone }: ChipStepProps) {
  const { registration } = useTexts();
  const { chip } = registration;
  const { start, stop, progress, isChecking, wasBroken, message, wait } = useChipReading(reader, onDone);
  const isReading = progress !== null;
  return (
    <section className="section" aria-label={registration.steps.CHIP}>
      <FormMessage text={isReading ? null : message} />
      {isReading && <ReadingBar progress={progress} />}
      {isChecking && <Progress label={chip.checking} />}
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
            {wait.left > 0 ? registration.waitLeft(wait.text) : wasBroken ? chip.retry : chip.start}
          </button>
        )}
      </div>
    </section>
  );
}

/** How far the reading is: told in words as it goes from file to file, and drawn. */
function ReadingBar({ progress }: { readonly progress: ReaderProgress }) {
  const { registration } = useTexts();
  const { chip } = registration;
  const id = useId();
  const { file, doneBytes, allBytes, isProving } = progress;
  const label = isProving ? chip.proving : file === null ? chip.connecting : chip.reading(file);
  return (
    <div className="progress">
      <label htmlFor={id}>
        <output>{label}</output>
      </label>
      <progress id={id} {...(allBytes > 0 ? { value: doneBytes, max: allBytes } : {})} />
    </div>
  );
}
