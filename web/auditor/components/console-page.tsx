import type { ReactNode } from 'react';
import { Settings, skipToMain } from '../../components/page.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import type { AuditCase } from '../audit/case-reference.ts';
import { type AuditRoute, hrefOf } from '../audit/route.ts';
import { useConsoleTexts } from '../texts/use-console-texts.ts';
import { CaseBar } from './case-bar.tsx';

interface ConsolePageProps {
  /** Null before the sign-in; without a case the menu leads nowhere but out. */
  readonly menu: {
    readonly route: AuditRoute | null;
    readonly auditCase: AuditCase | null;
    readonly onSignOut: () => void;
  } | null;
  readonly children: ReactNode;
}

/** What stands around every screen of the console: the mark of synthetic data, the name, the case, the menu. */
export function ConsolePage({ menu, children }: ConsolePageProps) {
  const { frame } = useTexts();
  const { frame: texts } = useConsoleTexts();
  return (
    <>
      <button type="button" className="skip" onClick={skipToMain}>
        {frame.skip}
      </button>
      <header className="top console-top">
        <p className="banner">{frame.synthetic}</p>
        <div className="top-inner">
          <a className="product" href={hrefOf({ screen: 'overview', range: null })}>
            <span className="product-name">{frame.product}</span>
            <span className="product-line">{texts.tagline}</span>
          </a>
          <Settings />
        </div>
        {menu !== null && <Menu {...menu} />}
        {menu?.auditCase != null && <CaseBar {...menu.auditCase} />}
      </header>
      {children}
    </>
  );
}

const places: readonly {
  readonly screen: 'overview' | 'search' | 'alerts' | 'log';
  readonly to: AuditRoute;
}[] = [
  { screen: 'overview', to: { screen: 'overview', range: null } },
  { screen: 'search', to: { screen: 'search', filter: {} } },
  { screen: 'alerts', to: { screen: 'alerts' } },
  { screen: 'log', to: { screen: 'log' } },
];

function Menu({ route, auditCase, onSignOut }: NonNullable<ConsolePageProps['menu']>) {
  const { frame } = useTexts();
  const { frame: texts, places: names } = useConsoleTexts();
  const current = route?.screen === 'entry' ? 'search' : route?.screen;
  return (
    <nav className="menu" aria-label={texts.menu}>
      <ul>
        {auditCase !== null &&
          places.map(({ screen, to }) => (
            <li key={screen}>
              <a href={hrefOf(to)} aria-current={screen === current ? 'page' : undefined}>
                {names[screen]}
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
