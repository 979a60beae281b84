import { useCallback, useEffect, useRef, useState } from 'react';
import { BeginChipReadingDocument, SubmitChipDocument } from '../generated/operations.ts';
import type { Countdown } from '../session/countdown.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { ChipReader, ReaderProgress } from './chip-reader.ts';
import type { OwnRegistration } from './own-registration.ts';
import { useStep } from './use-step.ts';

/** A reading of the chip under way. */
export interface ChipReadingRun {
  readonly start: () => Promise<void>;
  readonly stop: () => void;
  /** Null while nothing is being read. */
  readonly progress: ReaderProgress | null;
  readonly isChecking: boolean;
  /** Whether the last try ended before it was done. */
  readonly wasBroken: boolean;
  readonly message: string | null;
  readonly wait: Countdown;
}

const looking: ReaderProgress = { file: null, doneBytes: 0, allBytes: 0, isProving: false };

/** Gets a challenge, has the chip read and proved, and hands it in. */
export function useChipReading(
  reader: ChipReader,
  onDone: (registration: OwnRegistration) => void,
): ChipReadingRun {
  const { registration } = useTexts();
  const begin = useStep(BeginChipReadingDocument);
  const submit = useStep(SubmitChipDocument);
  const [progress, setProgress] = useState<ReaderProgress | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const ending = useRef<AbortController | null>(null);
  const stop = useCallback(() => ending.current?.abort(), []);
  useEffect(() => stop, [stop]);

  async function start(): Promise<void> {
    setFault(null);
    const challenge = await begin.send({});
    if (challenge === null) return;
    ending.current = new AbortController();
    setProgress(looking);
    const result = await reader.read(challenge.beginChipReading.challenge, {
      onProgress: setProgress,
      signal: ending.current.signal,
    });
    setProgress(null);
    if (result.fault !== null) return setFault(registration.chip.faults[result.fault]);
    const data = await submit.send({ input: result.reading });
    if (data !== null) onDone(data.submitChip);
  }

  const message = fault ?? begin.message ?? submit.message;
  const wait = begin.wait.left > 0 ? begin.wait : submit.wait;
  return { start, stop, progress, isChecking: submit.isBusy, wasBroken: message !== null, message, wait };
}
