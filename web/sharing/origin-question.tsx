import { useId } from 'react';
import { deviceTitle } from '../api/browser.ts';
import { Fact } from '../components/fact.tsx';
import { Icon } from '../components/icon.tsx';
import { formatInstant } from '../format/dates.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { ShareRequest } from './share.ts';

interface OriginQuestionProps {
  readonly origin: ShareRequest['origin'];
  readonly startedByMe: boolean | null;
  readonly onAnswer: (startedByMe: boolean) => void;
}

/** Where the request began, as seen from here, and whether it was oneself: a code that somebody sent is a trap. */
export function OriginQuestion({ origin, startedByMe, onAnswer }: OriginQuestionProps) {
  const { share, language } = useTexts();
  const { origin: texts } = share;
  const name = useId();
  const isSame = origin?.sameNetwork === true;
  return (
    <>
      <dl className="facts columns">
        <Fact term={texts.network} value={origin?.network} />
        <Fact term={texts.device} value={origin?.device == null ? null : deviceTitle(origin.device)} />
        <Fact term={texts.at} value={origin?.at == null ? null : formatInstant(origin.at, language)} />
      </dl>
      {origin?.sameNetwork != null && (
        <p className={isSame ? 'standing good' : 'standing wait'}>
          <Icon name={isSame ? 'done' : 'missing'} />
          <span>{isSame ? texts.same : texts.different}</span>
        </p>
      )}
      <fieldset>
        <legend>{texts.question}</legend>
        {[true, false].map((answer) => (
          <label className="tick" key={String(answer)}>
            <input
              type="radio"
              name={name}
              checked={startedByMe === answer}
              onChange={() => onAnswer(answer)}
            />
            <span>{answer ? texts.yes : texts.no}</span>
          </label>
        ))}
      </fieldset>
      <div role="alert">
        {startedByMe === false && (
          <div className="message missing">
            <Icon name="missing" />
            <div>
              <p className="message-title">{texts.noTitle}</p>
              {texts.noAdvice.map((advice) => (
                <p key={advice}>{advice}</p>
              ))}
            </div>
          </div>
        )}
      </div>
    </>
  );
}
