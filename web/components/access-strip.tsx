import { useRef } from 'react';
import { actorLine } from '../access/entry-words.ts';
import { formatInstant } from '../format/dates.ts';
import { useAccessNews } from '../session/access-news.tsx';
import { hrefOf } from '../session/route.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useFocusHandedOn } from './focus-keeper.ts';
import { Icon } from './icon.tsx';

/** At the head of the profile: that others read one's data since one last looked, until it is put away or looked at. */
export function AccessStrip() {
  const { count, isHidden } = useAccessNews();
  return <div aria-live="polite">{count > 0 && !isHidden && <Strip />}</div>;
}

function Strip() {
  const texts = useTexts();
  const { accessNews, language } = texts;
  const { count, notices, hide } = useAccessNews();
  const hideButton = useRef<HTMLButtonElement>(null);
  useFocusHandedOn(hideButton);
  const latest = notices[0];
  return (
    <div className="message news">
      <Icon name="eye" />
      <div>
        <p className="message-title">{accessNews.title(count)}</p>
        {latest !== undefined && (
          <p>{accessNews.latest(actorLine(latest, texts), formatInstant(latest.time, language))}</p>
        )}
        <div className="buttons">
          <a className="button small" href={hrefOf({ screen: 'history' })}>
            {accessNews.open}
          </a>
          <button ref={hideButton} type="button" className="button quiet small" onClick={hide}>
            {accessNews.hide}
          </button>
        </div>
      </div>
    </div>
  );
}
