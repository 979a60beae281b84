import { useCallback, useEffect, useState } from 'react';
import { FormMessage } from '../components/form-message.tsx';
import { Icon } from '../components/icon.tsx';
import { Progress } from '../components/progress.tsx';
import type { CameraState } from '../camera/use-camera.ts';
import { useScanner } from '../sharing/use-scanner.ts';
import { useTexts } from '../texts/use-texts.ts';
import { isCardText } from './identity-draft.ts';

interface CardScannerProps {
  readonly isBusy: boolean;
  readonly onCard: (text: string) => void;
}

/** After so long without a code the other ways are named: the lens may be at fault. */
const unreadableAfterMs = 15_000;

type Note = 'unreadable' | 'notACard' | null;

/** Scans the QR of an identity card; says what to do where it cannot. */
export function CardScanner({ isBusy, onCard }: CardScannerProps) {
  const { registration } = useTexts();
  const { identity } = registration;
  const [note, setNote] = useState<Note>(null);
  const found = useCallback(
    (text: string) => {
      if (!isCardText(text)) return setNote('notACard');
      setNote(null);
      onCard(text);
    },
    [onCard],
  );
  const { state, video, start, stop } = useScanner(found);
  const isOn = state === 'starting' || state === 'looking';
  useEffect(() => {
    if (isBusy) stop();
  }, [isBusy, stop]);
  useEffect(() => {
    if (state !== 'looking') return;
    const timer = setTimeout(() => setNote('unreadable'), unreadableAfterMs);
    return () => clearTimeout(timer);
  }, [state]);

  const fault = cameraNote(state, identity);
  return (
    <section className="section scanner" aria-label={identity.scan}>
      <p className="hint">{identity.scanHint}</p>
      <div className={isOn ? 'viewfinder' : 'viewfinder off'}>
        <video ref={video} muted playsInline aria-label={identity.picture} hidden={!isOn} />
        {!isOn && <Icon name="camera" />}
      </div>
      <FormMessage text={fault ?? (note === null ? null : identity[note])} />
      <output className="scan-state">{state === 'looking' && identity.looking}</output>
      {state === 'starting' && <Progress label={identity.starting} />}
      <button
        type="button"
        className={isOn ? 'button quiet wide' : 'button wide'}
        disabled={isBusy}
        onClick={() => {
          setNote(null);
          if (isOn) stop();
          else start();
        }}
      >
        {isOn ? identity.stop : identity.scan}
      </button>
      <p className="hint">{identity.privacy}</p>
    </section>
  );
}

/** Why the camera cannot be used, and the way that is left. */
export function cameraNote(
  state: CameraState,
  words: { readonly blocked: string; readonly noCamera: string; readonly cameraBusy: string },
): string | null {
  if (state === 'BLOCKED') return words.blocked;
  if (state === 'NO_CAMERA') return words.noCamera;
  return state === 'BUSY' ? words.cameraBusy : null;
}
