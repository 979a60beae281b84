import { useEffect, useId, useRef, useState } from 'react';
import { useFocusHandedOn } from '../components/focus-keeper.ts';
import { FormMessage } from '../components/form-message.tsx';
import { Icon } from '../components/icon.tsx';
import { Progress } from '../components/progress.tsx';
import { SubmitPortraitDocument } from '../generated/operations.ts';
import type { Countdown } from '../session/countdown.ts';
import { useTexts } from '../texts/use-texts.ts';
import { cameraNote } from './card-scanner.tsx';
import type { OwnRegistration } from './own-registration.ts';
import { base64Of, portraitFileFault, portraitOf } from './portrait-file.ts';
import { usePortraitCamera } from './use-portrait-camera.ts';
import { useStep } from './use-step.ts';

interface PortraitStepProps {
  readonly onDone: (registration: OwnRegistration) => void;
}

/** A picture taken now, looked at while it is taken, shown before it is used. */
export function PortraitStep({ onDone }: PortraitStepProps) {
  const { registration } = useTexts();
  const { portrait } = registration;
  const [taken, setTaken] = useState<Blob | null>(null);
  const { send, message, isBusy, wait, say } = useStep(SubmitPortraitDocument);

  async function use(picture: Blob): Promise<void> {
    const small = await portraitOf(picture);
    if (small === null) return say((texts) => texts.registration.portrait.notAnImage);
    const data = await send({ image: await base64Of(small) });
    if (data !== null) onDone(data.submitPortrait);
  }
  function choose(file: File | undefined): void {
    if (file === undefined) return;
    const fault = portraitFileFault(file);
    say(fault === null ? null : (texts) => texts.registration.portrait[fault]);
    if (fault === null) setTaken(file);
  }

  return (
    <>
      <p className="lead">{portrait.intro}</p>
      <ul className="steps">
        {portrait.guide.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
      <p className="message">{portrait.notBiometric}</p>
      <FormMessage text={message} />
      {taken === null ? (
        <>
          <Capture onTaken={setTaken} />
          <FileChoice onChosen={choose} />
        </>
      ) : (
        <Taken
          picture={taken}
          isBusy={isBusy}
          wait={wait}
          onUse={() => void use(taken)}
          onAgain={() => setTaken(null)}
        />
      )}
      <p className="hint">{portrait.privacy}</p>
    </>
  );
}

interface TakenProps {
  readonly picture: Blob;
  readonly isBusy: boolean;
  readonly wait: Countdown;
  readonly onUse: () => void;
  readonly onAgain: () => void;
}

/** The picture that was taken, before it is sent. */
function Taken({ picture, isBusy, wait, onUse, onAgain }: TakenProps) {
  const { registration } = useTexts();
  const { portrait } = registration;
  const again = useRef<HTMLButtonElement>(null);
  useFocusHandedOn(again);
  return (
    <section className="section scanner">
      <Picture picture={picture} />
      <div className="buttons">
        <button type="button" className="button" disabled={isBusy || wait.left > 0} onClick={onUse}>
          {wait.left > 0 ? registration.waitLeft(wait.text) : portrait.use}
        </button>
        <button ref={again} type="button" className="button quiet" disabled={isBusy} onClick={onAgain}>
          {portrait.again}
        </button>
      </div>
      <div aria-live="polite">{isBusy && <Progress label={portrait.checking} />}</div>
    </section>
  );
}

function Picture({ picture }: { readonly picture: Blob }) {
  const { registration } = useTexts();
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    // As text: the page's policy lets pictures come from itself and from nothing that a script has named.
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      if (image.current !== null && typeof reader.result === 'string') image.current.src = reader.result;
    });
    reader.readAsDataURL(picture);
    return () => reader.abort();
  }, [picture]);
  return <img ref={image} className="portrait-taken" alt={registration.portrait.taken} />;
}

interface CaptureProps {
  readonly onTaken: (picture: Blob) => void;
}

function Capture({ onTaken }: CaptureProps) {
  const { registration } = useTexts();
  const { portrait, identity } = registration;
  const { state, video, faults, start, stop, take } = usePortraitCamera();
  const isOn = state === 'starting' || state === 'looking';
  const shutter = useRef<HTMLButtonElement>(null);
  useFocusHandedOn(shutter);
  // Where it is too dark to see a face, both are worth saying; more would be read by nobody.
  const said = (faults ?? []).slice(0, 2).map((code) => portrait.quality[code]);
  async function shoot(): Promise<void> {
    const picture = await take();
    if (picture === null) return;
    stop();
    onTaken(picture);
  }
  return (
    <section className="section scanner" aria-label={portrait.picture}>
      <div className={isOn ? 'viewfinder' : 'viewfinder off'}>
        <video ref={video} muted playsInline aria-label={portrait.picture} hidden={!isOn} />
        {!isOn && <Icon name="camera" />}
      </div>
      <FormMessage text={cameraNote(state, identity)} />
      <output className="scan-state">
        {faults !== null && (faults.length === 0 ? portrait.good : said.join(' '))}
      </output>
      {state === 'starting' && <Progress label={identity.starting} />}
      <button
        ref={shutter}
        type="button"
        className="button wide"
        disabled={state === 'starting'}
        onClick={() => (state === 'looking' ? void shoot() : start())}
      >
        {state === 'looking' ? portrait.take : portrait.start}
      </button>
    </section>
  );
}

function FileChoice({ onChosen }: { readonly onChosen: (file: File | undefined) => void }) {
  const { registration } = useTexts();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{registration.portrait.file}</label>
      <input
        id={id}
        type="file"
        accept="image/jpeg,image/png"
        onChange={(event) => onChosen(event.target.files?.[0])}
      />
    </div>
  );
}
