import { useEffect } from 'react';
import { Icon } from '../components/icon.tsx';
import { formatCountdown } from '../format/numbers.ts';
import { useSecondsUntil } from '../session/countdown.ts';
import { useTexts } from '../texts/use-texts.ts';
import { partyName } from './party-facts.tsx';
import type { ShareRequest } from './share.ts';

/** Each look is written into the access log, so that it is looked less and less often. */
const looksAfterMs = [3000, 4000, 6000, 9000, 13_000, 20_000];

interface NumberStepProps {
  readonly request: ShareRequest;
  readonly onLook: () => void;
}

/** After the yes: the number that proves who began, and on the same phone the way back. */
export function NumberStep({ request, onLook }: NumberStepProps) {
  const { share, access } = useTexts();
  const { number: texts } = share;
  const { number, returnUrl, party, decideUntil } = request;
  const left = useSecondsUntil(decideUntil === null ? 0 : Date.parse(decideUntil));
  useLooks(onLook);
  // There is a way back only where the request was opened by a link, on the phone where it began.
  const back = returnUrl !== null && (
    <div className="way-back">
      <a className="button" href={returnUrl}>
        {texts.back(partyName(party, access.actors.RELYING_PARTY))}
      </a>
      <p className="hint">{texts.backNote}</p>
    </div>
  );
  return (
    <section className="section" aria-label={texts.label}>
      {back}
      <p>{returnUrl === null ? texts.intro : texts.introBack}</p>
      {number !== null && (
        <p className="big-number">
          <span className="heard">{texts.label}: </span>
          {/* Heard digit by digit. */}
          <span className="heard">{number.split('').join(' ')}</span>
          <span aria-hidden="true">{number}</span>
        </p>
      )}
      {left > 0 && <p className="hint">{texts.left(formatCountdown(left))}</p>}
      <p className="standing wait">
        <Icon name="missing" />
        <span>{texts.warn}</span>
      </p>
      <p className="quiet-line">{texts.waiting}</p>
    </section>
  );
}

/** Looks again after growing pauses, and when somebody comes back to the page; never while nobody looks. */
function useLooks(look: () => void): void {
  useEffect(() => {
    let timer = 0;
    let count = 0;
    const next = (): void => {
      const pause = looksAfterMs[Math.min(count, looksAfterMs.length - 1)];
      count += 1;
      timer = window.setTimeout(() => {
        if (document.visibilityState === 'visible') look();
        next();
      }, pause);
    };
    const back = (): void => {
      if (document.visibilityState === 'visible') look();
    };
    next();
    document.addEventListener('visibilitychange', back);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', back);
    };
  }, [look]);
}
