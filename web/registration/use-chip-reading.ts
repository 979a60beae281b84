import { useEffect, useRef, useState } from 'react';
import type { ReadFailure } from '../chip/chip-reader.ts';
import { findReader, loopbackReader } from '../chip/loopback-reader.ts';
import {
  type ChipProgress,
  type ChipRead,
  openReading,
  type ChipReading as OpenReading,
} from '../chip/read-chip.ts';
import { BeginChipReadingDocument, SubmitChipDocument } from '../generated/operations.ts';
import type { Countdown } from '../session/countdown.ts';
import { useTexts } from '../texts/use-texts.ts';
import { base64UrlOf, chipInput } from './chip-input.ts';
import type { OwnRegistration } from './own-registration.ts';
import { useStep } from './use-step.ts';

/** A reading of the chip under way. */
export interface ChipReadingRun {
  /** Begins, or goes on where it stopped. */
  readonly start: () => Promise<void>;
  readonly stop: () => void;
  /** Null while nothing is being read. */
  readonly progress: ChipProgress | null;
  readonly isChecking: boolean;
  readonly message: string | null;
  readonly wait: Countdown;
}

/** A step of the way that the server refused: what is said of it stands with that step. */
class Refused extends Error {}

/** Has the chip read, proved by a challenge of the server's, and handed in. */
export function useChipReading(onDone: (registration: OwnRegistration) => void): ChipReadingRun {
  const { registration } = useTexts();
  const { faults } = registration.chip;
  const begin = useStep(BeginChipReadingDocument);
  const submit = useStep(SubmitChipDocument);
  const [progress, setProgress] = useState<ChipProgress | null>(null);
  const [fault, setFault] = useState<ReadFailure | null>(null);
  const open = useRef<OpenReading | null>(null);
  const stop = (): void => {
    open.current?.cancel();
    open.current = null;
    setProgress(null);
  };
  useEffect(() => () => open.current?.cancel(), []);

  async function obtainChallenge(): Promise<string> {
    const data = await begin.send({});
    if (data === null) throw new Refused();
    return base64UrlOf(data.beginChipReading.challenge);
  }

  async function read(): Promise<ChipRead | null> {
    if (open.current === null) {
      const url = await findReader();
      if (url === null) {
        setFault('READER_UNAVAILABLE');
        return null;
      }
      const onChange = (told: ChipProgress): void => {
        setProgress(told.phase === 'STOPPED' ? null : told);
        if (told.failure !== null) setFault(told.failure);
      };
      open.current = openReading({ reader: loopbackReader(url), obtainChallenge, onChange });
    }
    return open.current.retry();
  }

  async function start(): Promise<void> {
    setFault(null);
    const chip = await read().catch((error: unknown) => {
      if (error instanceof Refused) return null;
      throw error;
    });
    setProgress(null);
    if (chip === null) return;
    // What was handed in is no longer needed here, whatever becomes of it.
    stop();
    const data = await submit.send({ input: chipInput(chip) });
    if (data !== null) onDone(data.submitChip);
  }

  const message = (fault === null ? null : faults[fault]) ?? begin.message ?? submit.message;
  const wait = begin.wait.left > 0 ? begin.wait : submit.wait;
  return { start, stop, progress, isChecking: submit.isBusy, message, wait };
}
