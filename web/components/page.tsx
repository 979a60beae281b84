import { type ReactNode, useEffect, useState } from 'react';
import { keep, recall } from '../api/browser.ts';
import { type Language, languages } from '../format/language.ts';
import { useAccessNews } from '../session/access-news.tsx';
import { hrefOf, type Route } from '../session/route.ts';
import { chooseLanguage } from '../texts/chosen-language.ts';
import { useTexts } from '../texts/use-texts.ts';

interface PageProps {
  /** The current place where there is a menu, with the way out. */
  readonly menu: {
    readonly route: Route | null;
    /** Whether the person represents an organisation. */
    readonly hasOrganisations?: boolean;
    readonly onSignOut: () => void;
  } | null;
  readonly children: ReactNode;
}

/** What stands around every screen: the mark of synthetic data, the name, the language, the menu. */
export function Page({ menu, children }: PageProps) {
  const { frame } = useTexts();
  return (
    <>
      <button type="button" className="skip" onClick={skipToMain}>
        {frame.skip}
      </button>
      <header className="top">
        <p className="banner">{frame.synthetic}</p>
        <div className="top-inner">
          <a className="product" href={hrefOf({ screen: 'profile' })}>
            <span className="product-name">{frame.product}</span>
            <span className="product-line">{frame.tagline}</span>
          </a>
          <Settings />
        </div>
        {menu !== null && <Menu {...menu} />}
      </header>
      {children}
    </>
  );
}

/** Takes the focus past the head of the page. */
export function skipToMain(): void {
  document.querySelector<HTMLElement>('main h1')?.focus();
}

const languageNames: Readonly<Record<Language, string>> = { vi: 'Tiếng Việt', en: 'English' };

/** The language and the size of the text. */
export function Settings() {
  const { frame, language } = useTexts();
  const [isLarge, setLarge] = useState(() => recall('large-text') === 'yes');
  useEffect(() => {
    document.documentElement.classList.toggle('large', isLarge);
    keep('large-text', isLarge ? 'yes' : null);
  }, [isLarge]);
  return (
    <div className="settings">
      <button type="button" className="link" aria-pressed={isLarge} onClick={() => setLarge(!isLarge)}>
        {frame.largeText}
      </button>
      <fieldset className="languages">
        <legend className="heard">{frame.languages}</legend>
        {languages.map((one) => (
          <button
            key={one}
            type="button"
            className="link"
            lang={one}
            aria-pressed={one === language}
            onClick={() => chooseLanguage(one)}
          >
            {languageNames[one]}
          </button>
        ))}
      </fieldset>
    </div>
  );
}

const places = [
  ...(['profile', 'wallet', 'dependants', 'scan', 'consents', 'history'] as const),
  ...(['organisations', 'account'] as const),
];

/** Screens that stand behind another, whose place in the menu is marked. */
const behind: Readonly<Record<string, (typeof places)[number]>> = {
  dependant: 'dependants',
  share: 'scan',
  consent: 'consents',
  'consent-history': 'consents',
  'register-party': 'organisations',
  party: 'organisations',
  phone: 'account',
};

function Menu({ route, hasOrganisations = false, onSignOut }: NonNullable<PageProps['menu']>) {
  const { frame } = useTexts();
  const current = route === null ? null : (behind[route.screen] ?? route.screen);
  const shown = places.filter((screen) => screen !== 'organisations' || hasOrganisations);
  return (
    <nav className="menu" aria-label={frame.menu}>
      <ul>
        {route !== null &&
          shown.map((screen) => (
            <li key={screen}>
              <a href={hrefOf({ screen })} aria-current={screen === current ? 'page' : undefined}>
                {frame[screen]}
                {screen === 'history' && <NewsBadge />}
              </a>
            </li>
          ))}
        <li className="last">
          <button type="button" className="link" onClick={onSignOut}>
            {frame.signOut}
          </button>
        </li>
      </ul>
    </nav>
  );
}

/** How many readings by others wait to be seen. */
function NewsBadge() {
  const { accessNews } = useTexts();
  const { count } = useAccessNews();
  if (count === 0) return null;
  return (
    <span className="count-badge">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="heard">: {accessNews.badge(count)}</span>
    </span>
  );
}
