import { CancelButton } from './cancel-button.tsx';
import { QrPicture } from './qr-picture.tsx';
import { RenewButton } from './renew-button.tsx';
import type { StateProps } from './state-props.ts';
import { TimeLeft } from './time-left.tsx';
import { useShareTexts } from './texts/use-share-texts.ts';

/** The picture, what to do with it, and the way for those who hold the phone in their hand already. */
export function WaitingView(props: StateProps) {
  const { waiting } = useShareTexts();
  const { code } = props.state;
  if (code === undefined) return null;
  return (
    <>
      <div className="share-scan">
        <QrPicture text={code.text} label={waiting.picture} />
        <div>
          <ol className="share-steps">
            {waiting.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <p className="hint">{waiting.still}</p>
        </div>
      </div>
      <TimeLeft endsAt={props.endsAt} say={waiting.left} warning={waiting.soon} />
      <div className="share-here">
        <a className="button quiet" href={code.link} aria-describedby="same-phone">
          {waiting.samePhone}
        </a>
        <p className="hint" id="same-phone">
          {waiting.samePhoneHint}
        </p>
      </div>
      <div className="buttons">
        <RenewButton {...props} />
        <CancelButton {...props} />
      </div>
    </>
  );
}
