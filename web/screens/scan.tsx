import { type FormEvent, useCallback, useId, useState } from 'react';
import { FormMessage } from '../components/form-message.tsx';
import { Icon } from '../components/icon.tsx';
import { Progress } from '../components/progress.tsx';
import { Screen } from '../components/screen.tsx';
import { hrefOf } from '../session/route.ts';
import type { OwnAccount } from '../session/standing.ts';
import { type ReadCode, readCode } from '../sharing/read-code.ts';
import type { CameraState } from '../camera/use-camera.ts';
import { useScanner } from '../sharing/use-scanner.ts';
import { useTexts } from '../texts/use-texts.ts';

type Problem = NonNullable<ReadCode['problem']>;

/** Where the code of a request is scanned, or its link pasted. */
export function Scan({ account }: { readonly account: OwnAccount }) {
  const { scan } = useTexts();
  const isLow = account.level !== null && account.level < 2;
  return (
    <Screen title={scan.title} narrow>
      <p className="lead">{scan.intro}</p>
      {isLow ? (
        <div className="message level">
          <Icon name="level" />
          <div>
            <p className="message-title">{scan.levelTitle}</p>
            <p>{scan.level}</p>
          </div>
        </div>
      ) : (
        <>
          <ol className="steps">
            {scan.next.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <CameraSection />
          <TypeSection />
        </>
      )}
    </Screen>
  );
}

function open(code: string): void {
  window.location.hash = hrefOf({ screen: 'share', id: code });
}

function CameraSection() {
  const { scan } = useTexts();
  const [problem, setProblem] = useState<Problem | null>(null);
  const found = useCallback((text: string) => {
    const read = readCode(text, window.location.origin);
    if (read.code === null) setProblem(read.problem);
    else open(read.code);
  }, []);
  const { state, video, start, stop } = useScanner(found);
  const isOn = state === 'starting' || state === 'looking';
  return (
    <section className="section scanner" aria-label={scan.picture}>
      <div className={isOn ? 'viewfinder' : 'viewfinder off'}>
        <video ref={video} muted playsInline aria-label={scan.picture} hidden={!isOn} />
        {!isOn && <Icon name="camera" />}
      </div>
      <FormMessage text={problem === null ? null : scan.problems[problem]} />
      <output className="scan-state">
        {state === 'starting' && scan.starting}
        {state === 'looking' && scan.looking}
      </output>
      {state === 'starting' && <Progress label={scan.starting} />}
      <CameraMessage state={state} />
      <button
        type="button"
        className={isOn ? 'button quiet wide' : 'button wide'}
        onClick={() => {
          setProblem(null);
          if (isOn) stop();
          else start();
        }}
      >
        {isOn ? scan.stop : scan.start}
      </button>
      <p className="hint">{scan.privacy}</p>
    </section>
  );
}

/** Why the camera cannot be used, and how to mend it. */
function CameraMessage({ state }: { readonly state: CameraState }) {
  const { scan } = useTexts();
  const words = {
    BLOCKED: { title: scan.blockedTitle, body: scan.blocked },
    NO_CAMERA: { title: scan.noCameraTitle, body: scan.noCamera },
    BUSY: { title: scan.busyTitle, body: scan.busy },
  };
  const said = Object.hasOwn(words, state) ? words[state as keyof typeof words] : null;
  return (
    <div role="alert">
      {said !== null && (
        <div className="message level">
          <Icon name="missing" />
          <div>
            <p className="message-title">{said.title}</p>
            <p>{said.body}</p>
          </div>
        </div>
      )}
    </div>
  );
}

/** For who cannot scan: the link that stands below the picture, or the code in it. */
function TypeSection() {
  const { scan } = useTexts();
  const id = useId();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  function submit(event: FormEvent): void {
    event.preventDefault();
    const read = readCode(text, window.location.origin, true);
    setProblem(read.problem);
    if (read.code !== null) open(read.code);
  }
  return (
    <section className="section" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{scan.typeTitle}</h2>
      <form noValidate onSubmit={submit}>
        <FormMessage text={problem === null ? null : scan.problems[problem]} />
        <div className="field">
          <label htmlFor={id}>{scan.typeField}</label>
          <p className="hint" id={`${id}-hint`}>
            {scan.typeIntro}
          </p>
          <input
            id={id}
            type="text"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            inputMode="url"
            maxLength={400}
            value={text}
            aria-describedby={`${id}-hint`}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        <div className="buttons">
          <button type="submit" className="button">
            {scan.typeSubmit}
          </button>
        </div>
      </form>
    </section>
  );
}
