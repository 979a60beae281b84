import { useEffect, useRef } from 'react';
import { Settings, skipToMain } from '../components/page.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { PartyCard } from './party-card.tsx';
import type { RequestState } from './read-state.ts';
import { StateView } from './state-view.tsx';
import { titleOf } from './title-of.ts';
import { useShareTexts } from './texts/use-share-texts.ts';
import { type FollowedRequest, useRequest } from './use-request.ts';

/** The page that a relying party's browser shows while the person decides: who asks, the code, and how it goes on. */
export function ShareApp({ handle }: { readonly handle: string | null }) {
  const { frame } = useTexts();
  const texts = useShareTexts();
  return (
    <>
      <button type="button" className="skip" onClick={skipToMain}>
        {frame.skip}
      </button>
      <header className="top">
        <p className="banner">{frame.synthetic}</p>
        <div className="top-inner">
          <p className="product">
            <span className="product-name">{frame.product}</span>
            <span className="product-line">{texts.tagline}</span>
          </p>
          <Settings />
        </div>
      </header>
      {handle === null ? <Gone /> : <Request handle={handle} />}
    </>
  );
}

function Request({ handle }: { readonly handle: string }) {
  const texts = useShareTexts();
  const { known, take } = useRequest(handle);
  if (known.kind === 'asking') {
    return (
      <main>
        <Title text={texts.asking} />
      </main>
    );
  }
  if (known.kind === 'gone') return <Gone />;
  return <There handle={handle} known={known} take={take} />;
}

interface ThereProps {
  readonly handle: string;
  readonly known: Extract<FollowedRequest['known'], { readonly kind: 'there' }>;
  readonly take: FollowedRequest['take'];
}

function There({ handle, known, take }: ThereProps) {
  const texts = useShareTexts();
  const { state, endsAt, lost } = known;
  useWayOn(state);
  return (
    <main>
      <Title text={titleOf(state, texts)} />
      <div aria-live="polite">{lost && <p className="share-lost">{texts.lost}</p>}</div>
      <div className="share-columns">
        <section className="share-card" aria-labelledby="title">
          <StateView handle={handle} state={state} endsAt={endsAt} onState={take} />
        </section>
        <PartyCard party={state.party} purpose={state.purpose} />
      </div>
    </main>
  );
}

function Gone() {
  const { gone } = useShareTexts();
  return (
    <main className="narrow">
      <Title text={gone.title} />
      <section className="share-card" aria-labelledby="title">
        <p>{gone.text}</p>
        <p>{gone.next}</p>
      </section>
    </main>
  );
}

/**
 * The heading, read out whenever it changes: it names the state. The focus stays where it is, unless what had it has gone.
 */
function Title({ text }: { readonly text: string }) {
  const { frame } = useTexts();
  const { windowTitle } = useShareTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${windowTitle}: ${text} | ${frame.product}`;
    if (document.activeElement === null || document.activeElement === document.body) {
      heading.current?.focus({ preventScroll: true });
    }
  }, [text, windowTitle, frame.product]);
  return (
    <div aria-live="polite">
      <h1 id="title" ref={heading} tabIndex={-1}>
        {text}
      </h1>
    </div>
  );
}

/** Once it is granted the browser goes on by itself; a tab in the background leaves that to the one in front. */
function useWayOn({ state, redirectTo }: RequestState): void {
  useEffect(() => {
    if (state !== 'GRANTED' || redirectTo === undefined) return;
    const goOn = (): void => {
      if (document.visibilityState === 'visible') window.location.assign(redirectTo);
    };
    goOn();
    document.addEventListener('visibilitychange', goOn);
    return () => document.removeEventListener('visibilitychange', goOn);
  }, [state, redirectTo]);
}
